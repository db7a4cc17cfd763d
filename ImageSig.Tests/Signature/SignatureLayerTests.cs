using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.Signature;

/// <summary>Signatures on the tape: the double transform is the twin, finite differences its gradient.</summary>
public sealed class SignatureLayerTests
{
    [Fact]
    public void The_signature_on_the_tape_has_the_transforms_values_and_gradients()
    {
        SignatureTransform transform = new(2, 3, new SignatureOptions { Basepoint = true });
        GradientCheck.Verify(
            [new(3, 5, 2)],
            (tape, x) => tape.Signature(x[0], transform),
            x =>
            {
                double[] result = new double[3 * transform.Layout.Length];
                transform.Forward<double>(x[0], 3, 5, result);
                return result;
            });
    }

    [Theory]
    [InlineData(LogSignatureBasis.Words)]
    [InlineData(LogSignatureBasis.Brackets)]
    public void The_log_signature_on_the_tape_has_the_transforms_values_and_gradients(LogSignatureBasis basis)
    {
        LogSignatureTransform transform = new(3, 3, basis);
        GradientCheck.Verify(
            [new(2, 4, 3)],
            (tape, x) => tape.LogSignature(x[0], transform),
            x =>
            {
                double[] result = new double[2 * transform.Length];
                transform.Forward<double>(x[0], 2, 4, result);
                return result;
            });
    }

    [Fact]
    public void Paths_used_twice_get_both_gradients()
    {
        SignatureTransform transform = new(1, 2);
        GradientCheck.Verify(
            [new(1, 3, 1)],
            (tape, x) =>
            {
                var path = tape.Tanh(x[0]);
                return tape.Add(tape.Signature(path, transform), tape.Signature(path, transform));
            },
            x =>
            {
                double[] result = new double[2];
                transform.Forward<double>([.. x[0].Select(Math.Tanh)], 1, 3, result);
                return [.. result.Select(value => 2 * value)];
            });
    }

    [Fact]
    public void Layers_say_what_comes_out_and_what_they_cannot_take()
    {
        SignatureLayer signature = new("s", new SignatureTransform(3, 4));
        LogSignatureLayer logarithm = new("l", new LogSignatureTransform(3, 4, LogSignatureBasis.Words));
        Assert.Equal(new Shape(120), signature.OutputShape(new Shape(64, 3)));
        Assert.Equal(new Shape(32), logarithm.OutputShape(new Shape(64, 3)));
        Assert.Equal(63 * 174, signature.MultiplyAdds(new Shape(64, 3)));
        Assert.Equal("Log-signature (Words), depth 4", logarithm.Kind);
        Assert.StartsWith("s (signature): the input is [64, 2]; it must be paths [T, 3].", Assert.Throws<ArgumentException>(() => signature.OutputShape(new Shape(64, 2))).Message, StringComparison.Ordinal);
    }
}
