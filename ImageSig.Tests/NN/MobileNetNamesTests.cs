using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>MobileNets as other programs name their tensors, v2 at a width of a sixteenth.</summary>
public class MobileNetNamesTests
{
    private static readonly (int Outputs, int Blocks, int Stride)[] Stages = [(2, 1, 1), (3, 2, 2), (3, 3, 2), (4, 4, 2), (6, 3, 1), (10, 3, 2), (20, 1, 1)];

    /// <summary>Of version 1.</summary>
    private static readonly (int Outputs, int Stride)[] Blocks = [(8, 1), (16, 2), (16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (64, 1), (64, 1), (64, 1), (64, 1), (128, 2), (128, 1)];

    [Theory]
    [InlineData("torchvision")]
    [InlineData("timm")]
    [InlineData("keras")]
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
    public void Keras_network_is_the_same_but_for_padding_colors_and_the_epsilon()
    {
        (BackboneList keras, BackboneList timm) = (Of(Tensors("keras")).List, Of(Tensors("timm")).List);
        Assert.Equal(timm.Steps.Select(Plain), keras.Steps.Select(Plain));
        Assert.All(keras.Steps.Where(step => step.Operation != BackboneOperation.Sum), step => Assert.Equal(BackbonePadding.Same, step.Padding));
        Assert.Equal([1 / 127.5f, 1 / 127.5f, 1 / 127.5f], keras.Scale);
        Assert.Equal([-1, -1, -1], keras.Shift);
        (_, IReadOnlyList<SafetensorsEntry> theirs) = MobileNetV2Names.Convert(Tensors("keras"))!.Value;
        (_, IReadOnlyList<SafetensorsEntry> ours) = MobileNetV2Names.Convert(Tensors("timm"))!.Value;
        foreach ((SafetensorsEntry one, SafetensorsEntry other) in theirs.Zip(ours))
        {
            Assert.Equal(other.Name, one.Name);
            Assert.Equal(other.Shape, one.Shape);
            Assert.All(one.Values.Zip(other.Values), pair => Assert.Equal(pair.Second, pair.First, 0.01));
        }

        static (string, BackboneOperation, string, int, int, int, int, int) Plain(BackboneStep step) =>
            (step.Name, step.Operation, string.Join(' ', step.From), step.Inputs, step.Outputs, step.KernelHeight, step.KernelWidth, step.Stride);
    }

    [Theory]
    [InlineData("conv1/kernel:0")]
    [InlineData("conv1/conv1/kernel:0")]
    [InlineData("conv1/kernel")]
    public void Version_1_is_known_by_Keras_names_however_they_end(string stem)
    {
        List<SafetensorsEntry> tensors = [];
        Add("conv1", "kernel", 4, [3, 3, 3, 4]);
        for (int i = 0; i < Blocks.Length; i++)
        {
            int inputs = i == 0 ? 4 : Blocks[i - 1].Outputs;
            Add($"conv_dw_{i + 1}", "depthwise_kernel", inputs, [3, 3, inputs, 1]);
            Add($"conv_pw_{i + 1}", "kernel", Blocks[i].Outputs, [1, 1, inputs, Blocks[i].Outputs]);
        }
        tensors.Add(new(stem.Replace("conv1", "conv_preds", StringComparison.Ordinal), [1, 1, 128, 3], Numbers.Uniform(384, 1)));
        (string layers, IReadOnlyList<SafetensorsEntry> folded) = MobileNetV1Names.Convert(tensors)!.Value;
        Backbone backbone = Backbone.Of("mobilenet", layers, folded);
        Assert.Equal(Blocks.SelectMany(block => (int[])[block.Stride, 1]).Prepend(2), backbone.List.Steps.Select(step => step.Stride));
        Assert.Equal(13, backbone.List.Steps.Count(step => step.Operation == BackboneOperation.Depthwise));
        Assert.Equal("block13_pw", backbone.List.Steps[^1].Name);

        // The second pointwise convolution, output 5, input 3.
        float[] Of(string name) => tensors.Single(tensor => tensor.Name.StartsWith(name, StringComparison.Ordinal)).Values;
        double factor = Of("conv_pw_2_bn/gamma")[5] / Math.Sqrt(Of("conv_pw_2_bn/moving_variance")[5] + 1e-3);
        SafetensorsEntry weight = folded.Single(tensor => tensor.Name == "block2_pw.weight"), bias = folded.Single(tensor => tensor.Name == "block2_pw.bias");
        Assert.Equal(Of("conv_pw_2/")[3 * 16 + 5] * factor, weight.Values[5 * 8 + 3], 1e-6);
        Assert.Equal(Of("conv_pw_2_bn/beta")[5] - Of("conv_pw_2_bn/moving_mean")[5] * factor, bias.Values[5], 1e-6);

        void Add(string layer, string kernel, int outputs, int[] shape)
        {
            string ending = stem.EndsWith(":0", StringComparison.Ordinal) ? ":0" : "";
            string prefix = layer == "conv1" ? stem[..stem.LastIndexOf('/')] : layer;
            uint seed = (uint)tensors.Count;
            tensors.Add(new($"{prefix}/{kernel}{ending}", shape, Numbers.Uniform(shape.Aggregate((a, b) => a * b), seed)));
            foreach ((string name, uint offset) in ((string, uint)[])[("gamma", 1), ("beta", 2), ("moving_mean", 3), ("moving_variance", 4)])
                tensors.Add(new($"{layer}_bn/{name}{ending}", [outputs], [.. Numbers.Uniform(outputs, seed + offset).Select(value => name == "moving_variance" ? 1.5f + value : value)]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Version_1_is_known_by_timms_names_with_a_head_or_without(bool hasHead)
    {
        List<SafetensorsEntry> tensors = [];
        Add(tensors, "conv_stem", "bn1", 4, 3, 3);
        int inputs = 4, number = 0;
        foreach ((int stage, int count) in ((int[])[1, 2, 2, 6, 2]).Index())
            for (int block = 0; block < count; block++)
            {
                int outputs = Blocks[number++].Outputs;
                Add(tensors, $"blocks.{stage}.{block}.conv_dw", $"blocks.{stage}.{block}.bn1", inputs, 1, 3);
                Add(tensors, $"blocks.{stage}.{block}.conv_pw", $"blocks.{stage}.{block}.bn2", outputs, inputs, 1);
                inputs = outputs;
            }
        if (hasHead)
            Add(tensors, "conv_head", "bn2", 16, inputs, 1);
        tensors.Add(new("classifier.weight", [3, hasHead ? 16 : inputs], new float[3 * (hasHead ? 16 : inputs)]));
        Assert.Null(MobileNetV2Names.Convert(tensors));
        (string layers, IReadOnlyList<SafetensorsEntry> folded) = MobileNetV1Names.Convert(tensors)!.Value;
        BackboneList list = Backbone.Of("mobilenet", layers, folded).List;
        Assert.Equal([2, .. Blocks.SelectMany(block => (int[])[block.Stride, 1]), .. hasHead ? [1] : (int[])[]], list.Steps.Select(step => step.Stride));
        Assert.Equal(13, list.Steps.Count(step => step.Operation == BackboneOperation.Depthwise));
        Assert.Equal(hasHead ? "head" : "block13_pw", list.Steps[^1].Name);
        Assert.All(list.Steps, step => Assert.Equal(BackbonePadding.Symmetric, step.Padding));
        Assert.Equal([1 / 127.5f, 1 / 127.5f, 1 / 127.5f], list.Scale);

        // The pointwise convolution of the third block, output 5, input 3.
        float[] Of(string name) => tensors.Single(tensor => tensor.Name == name).Values;
        double factor = Of("blocks.1.1.bn2.weight")[5] / Math.Sqrt(Of("blocks.1.1.bn2.running_var")[5] + 1e-5);
        Assert.Equal(Of("blocks.1.1.conv_pw.weight")[5 * 16 + 3] * factor, folded.Single(tensor => tensor.Name == "block3_pw.weight").Values[5 * 16 + 3], 1e-6);

        Assert.Null(MobileNetV1Names.Convert([.. tensors, new("blocks.3.6.conv_dw.weight", [64, 1, 3, 3], new float[576])]));
        Assert.Null(MobileNetV1Names.Convert(Tensors("timm")));
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

    /// <summary>As Keras would name and turn the tensors that timm has.</summary>
    private static SafetensorsEntry Keras(SafetensorsEntry tensor)
    {
        (string layer, string kind) = (tensor.Name[..tensor.Name.LastIndexOf('.')], tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..]);
        string[] path = layer.Split('.');
        string block = "";
        if (path[0] == "blocks")
        {
            int number = Stages.Take(int.Parse(path[1])).Sum(stage => stage.Blocks) + int.Parse(path[2]);
            string part = path[3] is "conv_dw" || (path[3] == "bn1" && number == 0) || (path[3] == "bn2" && number > 0) ? "depthwise"
                : path[3] is "conv_pwl" or "bn3" || number == 0 ? "project" : "expand";
            block = $"{(number == 0 ? "expanded_conv" : $"block_{number}")}_{part}{(path[3].StartsWith("bn", StringComparison.Ordinal) ? "_BN" : "")}";
        }
        string name = layer switch { "conv_stem" => "Conv1", "bn1" => "bn_Conv1", "conv_head" => "Conv_1", "bn2" => "Conv_1_bn", _ => block };
        if (tensor.Shape.Count == 1)
            return tensor with { Name = $"{name}/{kind switch { "weight" => "gamma", "bias" => "beta", "running_mean" => "moving_mean", _ => "moving_variance" }}:0" };
        (int outputs, int inputs, int positions) = (tensor.Shape[0], tensor.Shape[1], tensor.Shape[2] * tensor.Shape[3]);
        bool isDepthwise = name.EndsWith("depthwise", StringComparison.Ordinal);
        float[] turned = new float[tensor.Values.Length];
        for (int i = 0; i < turned.Length; i++)
            turned[(i % positions * inputs + i / positions % inputs) * outputs + i / positions / inputs] = tensor.Values[i];
        int[] shape = [tensor.Shape[2], tensor.Shape[3], isDepthwise ? outputs : inputs, isDepthwise ? 1 : outputs];
        return new($"{name}/{(isDepthwise ? "depthwise_kernel" : "kernel")}:0", shape, turned);
    }

    private static List<SafetensorsEntry> Tensors(string names)
    {
        if (names == "keras")
            return [.. Tensors("timm").Select(Keras)];
        bool isTimm = names == "timm";
        List<SafetensorsEntry> tensors = [];
        Add(tensors, isTimm ? "conv_stem" : "features.0.0", isTimm ? "bn1" : "features.0.1", 4, 3, 3);
        int inputs = 4, number = 0;
        for (int stage = 0; stage < Stages.Length; stage++)
            for (int block = 0; block < Stages[stage].Blocks; block++)
            {
                number++;
                (string old, string conv) = ($"blocks.{stage}.{block}", $"features.{number}.conv");
                int wide = stage == 0 ? inputs : 6 * inputs, outputs = Stages[stage].Outputs;
                if (stage > 0)
                    Add(tensors, isTimm ? $"{old}.conv_pw" : $"{conv}.0.0", isTimm ? $"{old}.bn1" : $"{conv}.0.1", wide, inputs, 1);
                int at = stage == 0 ? 0 : 1;
                Add(tensors, isTimm ? $"{old}.conv_dw" : $"{conv}.{at}.0", isTimm ? $"{old}.bn{at + 1}" : $"{conv}.{at}.1", wide, 1, 3);
                Add(tensors, isTimm ? stage == 0 ? $"{old}.conv_pw" : $"{old}.conv_pwl" : $"{conv}.{at + 1}", isTimm ? $"{old}.bn{at + 2}" : $"{conv}.{at + 2}", outputs, wide, 1);
                inputs = outputs;
            }
        Add(tensors, isTimm ? "conv_head" : "features.18.0", isTimm ? "bn2" : "features.18.1", 16, inputs, 1);
        return tensors;
    }

    /// <summary>Adds a convolution and its normalization as PyTorch has them.</summary>
    private static void Add(List<SafetensorsEntry> tensors, string convolution, string norm, int outputs, int depth, int kernel)
    {
        uint seed = (uint)tensors.Count;
        tensors.Add(new($"{convolution}.weight", [outputs, depth, kernel, kernel], Numbers.Uniform(outputs * depth * kernel * kernel, seed)));
        foreach ((string name, uint offset) in ((string, uint)[])[("weight", 1), ("bias", 2), ("running_mean", 3), ("running_var", 4)])
            tensors.Add(new($"{norm}.{name}", [outputs], [.. Numbers.Uniform(outputs, seed + offset).Select(value => name == "running_var" ? 1.5f + value : value)]));
    }
}
