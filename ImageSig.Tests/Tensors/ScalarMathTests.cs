using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Tensors;

/// <summary>Our elementary functions against the platform's, within the error they state.</summary>
public sealed class ScalarMathTests
{
    [Fact]
    public void Exponentials_are_within_their_stated_error()
    {
        for (double x = -700; x < 700; x += 0.0371)
            Assert.True(Math.Abs(ScalarMath.Exp(x) / Math.Exp(x) - 1) < 6e-16, $"exp({x})");
        Assert.Equal((1, 0, double.PositiveInfinity), (ScalarMath.Exp(0), ScalarMath.Exp(double.NegativeInfinity), ScalarMath.Exp(800)));
        Assert.True(double.IsNaN(ScalarMath.Exp(double.NaN)));
    }

    [Fact]
    public void Logarithms_are_within_their_stated_error()
    {
        for (double x = 1e-300; x < 1e300; x *= 1.0173)
            Assert.True(Math.Abs(ScalarMath.Log(x) - Math.Log(x)) <= 1e-15 * Math.Max(1e-3, Math.Abs(Math.Log(x))), $"log({x})");
        Assert.Equal((0, double.NegativeInfinity), (ScalarMath.Log(1), ScalarMath.Log(0)));
        Assert.True(double.IsNaN(ScalarMath.Log(-1)));
        Assert.Equal(Math.Log(1e-310), ScalarMath.Log(1e-310), 1e-12);
    }

    [Fact]
    public void Cosines_are_within_their_stated_error()
    {
        for (double x = 0; x <= 1; x += 0.00137)
            Assert.Equal(Math.Cos(Math.PI * x), ScalarMath.CosPi(x), 1e-15);
    }
}
