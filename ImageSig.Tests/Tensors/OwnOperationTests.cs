using System.Reflection;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>An operation as somebody outside would write it: this file is all that it touches.</summary>
internal static class RatioOperation
{
    /// <summary><c>left / right</c>, element by element.</summary>
    public static Tensor Ratio(this Tape tape, Tensor left, Tensor right)
    {
        if (left.Shape != right.Shape)
            throw new ArgumentException($"Ratio: left is {left.Shape}, right is {right.Shape}; they must have the same shape.");
        Tensor output = tape.Result(left.Shape, left.RequiresGradient || right.RequiresGradient);
        for (int i = 0; i < output.Span.Length; i++)
            output.Span[i] = left.Span[i] / right.Span[i];
        if (output.RequiresGradient)
        {
            RatioOp operation = tape.Reuse<RatioOp>() ?? new RatioOp();
            (operation.Left, operation.Right) = (left, right);
            tape.Record(operation, output);
        }
        return output;
    }

    private sealed class RatioOp : TapeOp
    {
        public Tensor Left { get; set; } = null!;

        public Tensor Right { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            if (Left.RequiresGradient)
            {
                Span<float> inner = gradients.Of(Left, out bool isNew);
                for (int i = 0; i < inner.Length; i++)
                    inner[i] = (isNew ? 0 : inner[i]) + outer[i] / Right.Span[i];
            }
            if (Right.RequiresGradient)
            {
                Span<float> inner = gradients.Of(Right);
                for (int i = 0; i < inner.Length; i++)
                    inner[i] -= outer[i] * Output.Span[i] / Right.Span[i];
            }
        }
    }
}

public sealed class OwnOperationTests
{
    private static readonly float[] Divisors = [.. Numbers.Uniform(35, 3).Select(value => 1.5f + value)];

    [Fact]
    public void An_operation_of_ones_own_has_the_gradient_of_finite_differences() => GradientCheck.Verify(
        [new(5, 7), new(5, 7)],
        (tape, x) => tape.Ratio(x[0], x[1]),
        x => [.. x[0].Zip(x[1], (left, right) => left / right)],
        [Numbers.Uniform(35, 2), Divisors]);

    [Fact]
    public void It_stands_among_the_tapes_own_where_a_tensor_is_used_twice() => GradientCheck.Verify(
        [new(5, 7), new(5, 7)],
        (tape, x) => tape.Add(tape.Ratio(tape.Tanh(x[0]), x[1]), tape.Ratio(x[0], x[1])),
        x => [.. x[0].Zip(x[1], (left, right) => (Math.Tanh(left) + left) / right)],
        [Numbers.Uniform(35, 2), Divisors]);

    [Fact]
    public void A_tape_that_is_not_training_computes_the_same_and_records_nothing()
    {
        Parameter parameter = new("p", new Shape(5, 7));
        Numbers.Uniform(35, 2).CopyTo(parameter.Value.Span);
        _ = new ParameterBlock([parameter]);
        Tensor divisors = new(new Shape(5, 7), Divisors);
        Tensor trained = new Tape(new TensorArena(), isTraining: true).Ratio(parameter.Value, divisors);
        Tensor served = new Tape(new TensorArena(), isTraining: false).Ratio(parameter.Value, divisors);
        Assert.Equal(trained.Span, served.Span);
        Assert.True(trained.RequiresGradient);
        Assert.False(served.RequiresGradient);
    }

    [Fact]
    public void All_that_it_needs_of_the_tape_is_public()
    {
        foreach (string name in (string[])[nameof(Tape.Result), nameof(Tape.Reuse), nameof(Tape.Record)])
            Assert.True(typeof(Tape).GetMethod(name)!.IsPublic, name);
        Assert.True(typeof(TapeOp).GetMethod(nameof(TapeOp.Backward)) is { IsPublic: true, IsAbstract: true });
        Assert.True(typeof(TapeOp).GetProperty(nameof(TapeOp.Output))!.GetMethod!.IsPublic);
        Assert.NotNull(typeof(Gradients).GetMethod(nameof(Gradients.Of), [typeof(Tensor)]));
        Assert.NotNull(typeof(Gradients).GetMethod(nameof(Gradients.Of), [typeof(Tensor), typeof(bool).MakeByRefType()]));
        Assert.DoesNotContain(typeof(TapeOp).GetMembers(BindingFlags.Instance | BindingFlags.NonPublic), member => member is MethodInfo { IsAbstract: true });
    }

    [Fact]
    public void Mistakes_are_named_at_once()
    {
        Tape tape = new(new TensorArena(), isTraining: true);
        Tensor input = tape.Input(new Shape(2));
        Gradients gradients = new(new ParameterBlock([new Parameter("p", new Shape(2))]));
        Assert.Equal("arena", Assert.Throws<ArgumentNullException>(() => new Tape(null!, isTraining: true)).ParamName);
        Assert.Equal("block", Assert.Throws<ArgumentNullException>(() => new Gradients(null!)).ParamName);
        Assert.Throws<ArgumentNullException>(() => tape.Random = null!);
        Assert.Throws<ArgumentNullException>(() => tape.Record(null!, input));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorArena().Reserve(-1));
        Assert.Equal(
            "Record: no gradient flows to the output of NothingOp; take it from Result, and record only if it requires one.",
            Assert.Throws<ArgumentException>(() => tape.Record(new NothingOp(), input)).Message);
        Assert.Equal(
            "Gradients: no gradient flows to a tensor of shape [2]; ask its RequiresGradient first.",
            Assert.Throws<ArgumentException>(() => gradients.Of(input).Length).Message);
        Assert.Equal(
            "Ratio: left is [2], right is [3]; they must have the same shape.",
            Assert.Throws<ArgumentException>(() => tape.Ratio(input, tape.Input(new Shape(3)))).Message);
    }

    private sealed class NothingOp : TapeOp
    {
        public override void Backward(Gradients gradients)
        {
        }
    }
}
