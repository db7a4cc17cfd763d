using System.Numerics.Tensors;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using Tensor = ImageSig.Tensors.Tensor;

namespace ImageSig.Tests.Tensors;

/// <summary>Tensors and the spans of System.Numerics.Tensors are the same memory.</summary>
public sealed class TensorViewTests
{
    [Fact]
    public void A_span_of_several_dimensions_is_the_tensors_own_memory()
    {
        Tensor tensor = new(new Shape(2, 3, 4), Numbers.Uniform(24, 1));
        TensorSpan<float> span = tensor.AsTensorSpan();
        Assert.Equal([2, 3, 4], span.Lengths.ToArray());
        span[1, 2, 3] = 42;
        Assert.Equal(42, tensor.Span[23]);
        tensor.Span[0] = -7;
        Assert.Equal(-7, tensor.AsReadOnlyTensorSpan()[0, 0, 0]);
        Assert.Equal([1], new Tensor(Shape.Scalar).AsTensorSpan().Lengths.ToArray());
    }

    [Fact]
    public void A_tensor_over_foreign_memory_is_that_memory()
    {
        float[] memory = new float[5 + Tensor.MemoryFor(new Shape(3, 4))];
        Numbers.Uniform(12, 1).CopyTo(memory, 5);
        TensorSpan<float> theirs = new(memory, 5, [3, 4], [4, 1]);
        Tensor tensor = Tensor.Over(memory, new Shape(3, 4), start: 5);
        theirs[2, 3] = 42;
        Assert.Equal(42, tensor.Span[11]);
        // It goes through an operation without a copy, and its result out again.
        Tensor doubled = new Tape(new TensorArena(), isTraining: false).Add(tensor, tensor);
        Assert.Equal(84, doubled.AsReadOnlyTensorSpan()[2, 3]);
    }

    [Fact]
    public void A_tensor_shows_its_shape_and_its_first_numbers()
    {
        Assert.Equal("[2, 3]: 0, 0.5, 1, 1.5, 2, -2.5", new Tensor(new Shape(2, 3), [0, 0.5f, 1, 1.5f, 2, -2.5f]).ToString());
        Assert.Equal("[3, 3]: 1, 0, 0, 0, 1, 0, 0, 0, …", new Tensor(new Shape(3, 3), [1, 0, 0, 0, 1, 0, 0, 0, 1]).ToString());
        Assert.Equal("[]: 7", new Tensor(Shape.Scalar, [7]).ToString());
    }

    [Fact]
    public void Memory_without_room_behind_the_numbers_is_refused()
    {
        Assert.Equal(
            "Tensor: 12 floats from 0 on for shape [3, 4]; 12 and 64 behind them are needed. Allocate that many, or copy the numbers with new Tensor(shape, values).",
            Assert.Throws<ArgumentException>(() => Tensor.Over(new float[12], new Shape(3, 4))).Message);
        Assert.Throws<ArgumentException>(() => Tensor.Over(new float[100], new Shape(3, 4), start: -1));
        Assert.Throws<ArgumentException>(() => Tensor.Over(new float[100], new Shape(3, 4), start: int.MaxValue));
    }
}
