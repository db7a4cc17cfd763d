using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Tensors;

/// <summary>Arguments that cannot be meant are refused in a line that says so; none of them is taken for another.</summary>
public class MisuseTests
{
    [Fact]
    public void Gradients_do_not_take_parameters_of_another_block()
    {
        ParameterBlock mine = new([new Parameter("mine", new Shape(3, 3))]), other = new([new Parameter("other", new Shape(3, 3))]);
        Tape tape = new(new TensorArena(), isTraining: true);
        Tensor input = new(new Shape(2, 3), [1, 2, 3, 4, 5, 6]);
        Gradients gradients = new(mine);
        Assert.StartsWith("Gradients: a parameter of shape [3, 3] is of another block; freeze it", Assert.Throws<ArgumentException>(() => tape.Backward(Loss(), gradients)).Message, StringComparison.Ordinal);
        other.Parameters[0].IsFrozen = true;
        tape.Reset();
        gradients.Clear();
        tape.Backward(Loss(), gradients);
        Assert.Equal([5, 5, 5, 7, 7, 7, 9, 9, 9], gradients.Of(mine.Parameters[0]).ToArray());

        Tensor Loss() => tape.Sum(tape.Add(tape.MatMul(input, mine.Parameters[0].Value), tape.MatMul(input, other.Parameters[0].Value)));
    }

    [Fact]
    public void Parameters_have_names_and_places()
    {
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => new Parameter(null!, new Shape(1))).ParamName);
        Assert.Equal("parameters", Assert.Throws<ArgumentNullException>(() => new ParameterBlock(null!)).ParamName);
        Assert.Equal("parameters", Assert.Throws<ArgumentNullException>(() => new ParameterBlock([null!])).ParamName);
    }

    [Fact]
    public void Arrays_of_impossible_shapes_are_not_written()
    {
        using TemporaryFolder folder = new();
        string path = folder["array.npy"];
        Assert.StartsWith("NpyFile.Write: shape [-1, 0] holds", Assert.Throws<ArgumentException>(() => NpyFile.Write<double>(path, [], -1, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NpyFile.Write<double>(path, new double[4], -2, -2));
        Assert.Throws<ArgumentException>(() => NpyFile.Write<double>(path, [], 1 << 22, 1 << 22, 1 << 20));
        Assert.StartsWith("NpyWriter: a row of shape [-3] holds -3 values;", Assert.Throws<ArgumentException>(() => new NpyWriter<float>(path, -3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new NpyWriter<float>(path, int.MaxValue, int.MaxValue, int.MaxValue));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Tensors_that_no_reader_would_take_are_not_written()
    {
        Assert.Equal("SafetensorsFile: shape [2, 2] of 'a' holds 4 values, 3 were given. (Parameter 'tensors')", Refusal(new SafetensorsEntry("a", [2, 2], [1, 2, 3])));
        Assert.StartsWith("SafetensorsFile: shape [-1, -1] of 'a'", Refusal(new SafetensorsEntry("a", [-1, -1], [1])), StringComparison.Ordinal);
        Assert.StartsWith("SafetensorsFile: two tensors are called 'a';", Refusal(new SafetensorsEntry("a", [1], [1]), new SafetensorsEntry("a", [], [1])), StringComparison.Ordinal);
        foreach (SafetensorsEntry entry in (SafetensorsEntry[])[null!, new(null!, [1], [1]), new("a", null!, [1]), new("a", [1], null!)])
            Assert.StartsWith("SafetensorsFile: a tensor has no name, shape or values.", Refusal(entry), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new SafetensorsFile(null!, []));
        Assert.Throws<ArgumentNullException>(() => new SafetensorsFile([], null!));

        static string Refusal(params SafetensorsEntry[] entries) => Assert.Throws<ArgumentException>(() => new SafetensorsFile([], entries)).Message;
    }
}
