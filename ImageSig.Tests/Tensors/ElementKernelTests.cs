using System.Runtime.Intrinsics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Tensors;

/// <summary>Element functions, sums, pooling and Adam: the same bits at every register width and every length.</summary>
public sealed unsafe class ElementKernelTests
{
    [Fact]
    public void Functions_have_the_same_bits_at_every_width_and_length()
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] x = Numbers.Uniform(length, 1, scale: 8);
            float[] dy = Numbers.Uniform(length, 2);
            AssertSame<Gelu>(x, dy);
            AssertSame<Sigmoid>(x, dy);
            AssertSame<ImageSig.Tensors.Kernels.Tanh>(x, dy);
            AssertSame<Relu>(x, dy);
            AssertSame<Exponential>(x, dy);
        }
    }

    [Fact]
    public void Sums_along_a_row_have_the_bits_of_sixteen_partial_sums_added_pairwise()
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] x = Numbers.Uniform(length, 1);
            float[] y = Numbers.Uniform(length, 2);
            float expected = PlainDot(x, y);
            fixed (float* a = x, b = y)
            {
                Assert.Equal(expected, ReduceKernel.Dot(a, b, length));
                Assert.Equal(expected, ReduceKernel.Dot<Lanes128<float>, Vector128<float>>(a, b, length));
                Assert.Equal(expected, ReduceKernel.Dot<Lanes256<float>, Vector256<float>>(a, b, length));
                Assert.Equal(expected, ReduceKernel.Dot<Lanes512<float>, Vector512<float>>(a, b, length));
                Assert.Equal(PlainDot(x, [.. x.Select(_ => 1f)]), ReduceKernel.Sum(a, length));
            }
        }
    }

    [Fact]
    public void Sums_over_rows_have_the_bits_of_the_plain_loop()
    {
        for (int columns = 1; columns <= 70; columns++)
        {
            float[] matrix = Numbers.Uniform(9 * columns, 1);
            float[] sums = Numbers.Uniform(columns, 2);
            float[] expected = [.. sums];
            for (int j = 0; j < columns; j++)
                for (int i = 0; i < 9; i++)
                    expected[j] += matrix[i * columns + j];
            ReduceKernel.AddRows(matrix, 9, sums);
            Assert.Equal(expected, sums);
        }
    }

    [Fact]
    public void Squared_differences_over_rows_have_the_bits_of_the_plain_loop()
    {
        for (int columns = 1; columns <= 70; columns++)
        {
            float[] matrix = Numbers.Uniform(9 * columns, 1), centers = Numbers.Uniform(columns, 2), sums = Numbers.Uniform(columns, 3);
            float[] expected = [.. sums];
            for (int j = 0; j < columns; j++)
                for (int i = 0; i < 9; i++)
                    expected[j] = MathF.FusedMultiplyAdd(matrix[i * columns + j] - centers[j], matrix[i * columns + j] - centers[j], expected[j]);
            ColumnKernel.AddSquares(matrix, centers, sums);
            Assert.Equal(expected, sums);
        }
    }

    [Fact]
    public void Adam_has_the_bits_of_the_plain_loop_at_every_length()
    {
        AdamStep step = new(0.9f, 0.999f, 0.1f, 0.001f, 0.01f, 1.5f, 1e-8f, 0.001f, 0.02f);
        for (int length = 0; length <= 256; length++)
        {
            float[] w = Numbers.Uniform(length, 1);
            float[] g = Numbers.Uniform(length, 2);
            float[] m = Numbers.Uniform(length, 3);
            float[] v = [.. Numbers.Uniform(length, 4).Select(Math.Abs)];
            float[] expected = [.. w];
            for (int i = 0; i < length; i++)
            {
                float gradient = MathF.FusedMultiplyAdd(0.02f, w[i], g[i]);
                float mean = MathF.FusedMultiplyAdd(0.9f, m[i], 0.1f * gradient);
                float square = MathF.FusedMultiplyAdd(0.999f, v[i], 0.001f * gradient * gradient);
                float change = 0.01f * mean / MathF.FusedMultiplyAdd(MathF.Sqrt(square), 1.5f, 1e-8f);
                expected[i] -= MathF.FusedMultiplyAdd(0.001f, w[i], change);
            }
            AdamKernel.Update(w, g, m, v, step);
            Assert.Equal(expected, w);
        }
    }

    [Fact]
    public void Exponentials_tanh_and_the_normal_distribution_are_within_their_stated_errors()
    {
        float[] x = [.. Enumerable.Range(-80000, 160001).Select(i => i / 1000f)];
        float[] y = new float[x.Length];
        ElementKernel.Map<Exponential>(x, y);
        for (int i = 0; i < x.Length; i++)
            Assert.True(Math.Abs(y[i] / Math.Exp(x[i]) - 1) < 2e-7, $"exp({x[i]}) = {y[i]}");
        ElementKernel.Map<ImageSig.Tensors.Kernels.Tanh>(x, y);
        for (int i = 0; i < x.Length; i++)
            Assert.True(Math.Abs(y[i] - Math.Tanh(x[i])) <= 3e-7 * Math.Abs(Math.Tanh(x[i])), $"tanh({x[i]}) = {y[i]}");
        ElementKernel.Map<Gelu>(x, y);
        for (int i = 0; i < x.Length; i++)
            if (Math.Abs(x[i]) <= 5)
                Assert.True(Math.Abs(y[i] - x[i] * Twins.Normal(x[i])) <= 1e-6 * Math.Abs(x[i]), $"gelu({x[i]}) = {y[i]}");
    }

    private static void AssertSame<TFunction>(float[] x, float[] dy)
        where TFunction : struct, IElementFunction
    {
        (float[] Value, float[] Gradient) narrow = Run<TFunction, Lanes128<float>, Vector128<float>>(x, dy);
        (float[] Value, float[] Gradient) middle = Run<TFunction, Lanes256<float>, Vector256<float>>(x, dy);
        (float[] Value, float[] Gradient) wide = Run<TFunction, Lanes512<float>, Vector512<float>>(x, dy);
        Assert.Equal(narrow.Value, middle.Value);
        Assert.Equal(narrow.Value, wide.Value);
        Assert.Equal(narrow.Gradient, middle.Gradient);
        Assert.Equal(narrow.Gradient, wide.Gradient);
    }

    private static (float[] Value, float[] Gradient) Run<TFunction, TLanes, TVector>(float[] input, float[] outer)
        where TFunction : struct, IElementFunction
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        float[] value = new float[input.Length];
        float[] gradient = [.. outer], begun = new float[input.Length], written = [.. input.Select(_ => float.NaN)];
        fixed (float* x = input, y = value, dy = outer, dx = gradient, zeros = begun, any = written)
        {
            ElementKernel.Map<TFunction, TLanes, TVector>(input.Length, x, y);
            ElementKernel.Backward<TFunction, TLanes, TVector>(input.Length, x, y, dy, dx, accumulate: true);
            ElementKernel.Backward<TFunction, TLanes, TVector>(input.Length, x, y, dy, zeros, accumulate: true);
            ElementKernel.Backward<TFunction, TLanes, TVector>(input.Length, x, y, dy, any, accumulate: false);
        }
        Assert.Equal(begun, written);
        return (value, gradient);
    }

    private static float PlainDot(float[] x, float[] y)
    {
        float[] partials = new float[16];
        for (int i = 0; i < x.Length; i++)
            partials[i % 16] = MathF.FusedMultiplyAdd(x[i], y[i], partials[i % 16]);
        for (int half = 8; half > 0; half /= 2)
            for (int i = 0; i < half; i++)
                partials[i] += partials[i + half];
        return partials[0];
    }
}
