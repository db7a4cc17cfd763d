using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Signed roots on the tape: the double roots are their twin, finite differences their gradient.</summary>
public sealed class SignedRootsLayerTests
{
    private static readonly SignedRoots Roots = SignedRoots.OfSignatures(new SignatureLayout(2, 4));

    [Fact]
    public void The_operation_is_the_roots_and_its_gradient_their_backward() => GradientCheck.Verify(
        [new(3, 2, Roots.Length)],
        (tape, x) => tape.SignedRoots(x[0], Roots),
        x => Twin(x[0]));

    [Fact]
    public void Signatures_used_twice_get_both_gradients() => GradientCheck.Verify(
        [new(2, Roots.Length)],
        (tape, x) => tape.Add(tape.SignedRoots(x[0], Roots), tape.SignedRoots(x[0], Roots)),
        x => [.. Twin(x[0]).Select(root => 2 * root)]);

    [Fact]
    public void The_layer_keeps_the_shape_and_names_one_that_does_not_fit()
    {
        SignedRootsLayer layer = new("roots", Roots);
        Assert.Equal(new Shape(4, 5, 30), layer.OutputShape(new Shape(4, 5, 30)));
        Assert.Equal("Signed roots, epsilon 0.01", layer.Kind);
        Assert.Equal(
            "roots (signed roots): the input is [4, 31]; its last dimension must be 30, the signature that the roots were prepared for.",
            Assert.Throws<ArgumentException>(() => layer.OutputShape(new Shape(4, 31))).Message);
    }

    private static double[] Twin(double[] signatures)
    {
        double[] roots = [.. signatures];
        Roots.Forward<double>(roots);
        return roots;
    }
}
