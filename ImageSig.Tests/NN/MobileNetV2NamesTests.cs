using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>MobileNet v2 as other programs name its tensors, at a width of a sixteenth.</summary>
public class MobileNetV2NamesTests
{
    private static readonly (int Outputs, int Blocks, int Stride)[] Stages = [(2, 1, 1), (3, 2, 2), (3, 3, 2), (4, 4, 2), (6, 3, 1), (10, 3, 2), (20, 1, 1)];

    [Theory]
    [InlineData("torchvision")]
    [InlineData("timm")]
    public void The_list_has_the_strides_and_sums_of_the_paper(string names)
    {
        BackboneList list = Of(Tensors(names)).List;
        Assert.Equal(1 + 2 + 16 * 3 + 1, list.Steps.Count(step => step.Operation != BackboneOperation.Sum));
        Assert.Equal(17, list.Steps.Count(step => step.Operation == BackboneOperation.Depthwise));
        Assert.Equal(["block3_add", "block5_add", "block6_add", "block8_add", "block9_add", "block10_add", "block12_add", "block13_add", "block15_add", "block16_add"],
            list.Steps.Where(step => step.Operation == BackboneOperation.Sum).Select(step => step.Name));
        Assert.Equal(["stem", "block2_dw", "block4_dw", "block7_dw", "block14_dw"], list.Steps.Where(step => step.Stride == 2).Select(step => step.Name));
        Assert.Equal(["block4_expand", "block7_expand", "block14_expand", "head"], list.Taps(4).Select(tap => list.Steps[tap].Name));
        Assert.All(list.Steps.Index(), step => Assert.True(step.Item.From.All(from => from < step.Index)));
    }

    [Fact]
    public void Both_names_are_one_network()
    {
        Model[] models = [.. ((string[])["torchvision", "timm"]).Select(names => Model.Create(new TransferSpec(Of(Tensors(names))), new Shape(32, 32, 3), 2, 1))];
        Assert.Equal(models[0].Spec, models[1].Spec);
        Assert.Equal(models[0].Block.Span.ToArray(), models[1].Block.Span.ToArray());
    }

    [Fact]
    public void A_folded_normalization_does_what_it_did_behind_the_convolution()
    {
        List<SafetensorsEntry> tensors = Tensors("timm");
        float[] Of(string name) => tensors.Single(tensor => tensor.Name == name).Values;
        (_, IReadOnlyList<SafetensorsEntry> folded) = MobileNetV2Names.Convert(tensors)!.Value;
        for (int o = 0; o < 2; o++)
        {
            float[] pixels = Numbers.Uniform(27, (uint)o);
            double sum = pixels.Select((value, i) => (double)value * Of("conv_stem.weight")[o * 27 + i]).Sum();
            double expected = (sum - Of("bn1.running_mean")[o]) / Math.Sqrt(Of("bn1.running_var")[o] + 1e-5) * Of("bn1.weight")[o] + Of("bn1.bias")[o];
            double found = pixels.Select((value, i) => (double)value * folded[0].Values[o * 27 + i]).Sum() + folded[1].Values[o];
            Assert.Equal(expected, found, 1e-5);
        }
    }

    [Fact]
    public void A_file_with_counters_of_batches_is_read_and_one_with_a_tensor_missing_is_refused()
    {
        using TemporaryFolder folder = new();
        string file = folder["mobilenet.safetensors"];
        byte[] floats = new SafetensorsFile([new("format", "pt")], [.. Tensors("torchvision"), new("features.0.1.num_batches_tracked", [2], [1, 2])]).ToBytes();
        // Two floats are the bytes of one 64-bit number.
        byte[] header = System.Text.Encoding.UTF8.GetBytes("num_batches_tracked\":{\"dtype\":\"F32\",\"shape\":[2]");
        System.Text.Encoding.UTF8.GetBytes("num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[] ").CopyTo(floats, floats.AsSpan().IndexOf(header));
        File.WriteAllBytes(file, floats);
        Assert.Equal(Of(Tensors("torchvision")), BackboneFile.Read(file));

        File.WriteAllBytes(file, new SafetensorsFile([], [.. Tensors("torchvision").Where(tensor => tensor.Name != "features.7.conv.1.1.running_var")]).ToBytes());
        Assert.Equal(
            $"{file}: tensor 'features.7.conv.1.1.running_var' of 1 dimensions was expected, as MobileNet v2 has it.",
            Assert.Throws<ModelFileException>(() => BackboneFile.Read(file)).Message);
    }

    private static Backbone Of(List<SafetensorsEntry> tensors)
    {
        (string layers, IReadOnlyList<SafetensorsEntry> folded) = MobileNetV2Names.Convert(tensors)!.Value;
        return Backbone.Of("mobilenet", layers, folded);
    }

    private static List<SafetensorsEntry> Tensors(string names)
    {
        bool isTimm = names == "timm";
        List<SafetensorsEntry> tensors = [];
        Add(isTimm ? "conv_stem" : "features.0.0", isTimm ? "bn1" : "features.0.1", 4, 3, 3);
        int inputs = 4, number = 0;
        for (int stage = 0; stage < Stages.Length; stage++)
            for (int block = 0; block < Stages[stage].Blocks; block++)
            {
                number++;
                (string old, string conv) = ($"blocks.{stage}.{block}", $"features.{number}.conv");
                int wide = stage == 0 ? inputs : 6 * inputs, outputs = Stages[stage].Outputs;
                if (stage > 0)
                    Add(isTimm ? $"{old}.conv_pw" : $"{conv}.0.0", isTimm ? $"{old}.bn1" : $"{conv}.0.1", wide, inputs, 1);
                int at = stage == 0 ? 0 : 1;
                Add(isTimm ? $"{old}.conv_dw" : $"{conv}.{at}.0", isTimm ? $"{old}.bn{at + 1}" : $"{conv}.{at}.1", wide, 1, 3);
                Add(isTimm ? stage == 0 ? $"{old}.conv_pw" : $"{old}.conv_pwl" : $"{conv}.{at + 1}", isTimm ? $"{old}.bn{at + 2}" : $"{conv}.{at + 2}", outputs, wide, 1);
                inputs = outputs;
            }
        Add(isTimm ? "conv_head" : "features.18.0", isTimm ? "bn2" : "features.18.1", 16, inputs, 1);
        return tensors;

        void Add(string convolution, string norm, int outputs, int depth, int kernel)
        {
            uint seed = (uint)tensors.Count;
            tensors.Add(new($"{convolution}.weight", [outputs, depth, kernel, kernel], Numbers.Uniform(outputs * depth * kernel * kernel, seed)));
            foreach ((string name, uint offset) in ((string, uint)[])[("weight", 1), ("bias", 2), ("running_mean", 3), ("running_var", 4)])
                tensors.Add(new($"{norm}.{name}", [outputs], [.. Numbers.Uniform(outputs, seed + offset).Select(value => name == "running_var" ? 1.5f + value : value)]));
        }
    }
}
