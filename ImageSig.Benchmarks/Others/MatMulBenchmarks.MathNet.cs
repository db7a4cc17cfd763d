using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;
using MathNet.Numerics.LinearAlgebra;

namespace ImageSig.Benchmarks.Networks;

public partial class MatMulBenchmarks
{
    private Matrix<float> leftMatrix = null!, rightMatrix = null!, product = null!;

    [Benchmark(Description = Programs.MathNet)]
    public void MathNet() => leftMatrix.Multiply(rightMatrix, product);

    partial void PrepareMathNet(float[] ours)
    {
        (int m, int k, int n) = Setting;
        leftMatrix = Matrix<float>.Build.DenseOfRowMajor(m, k, left.Span.ToArray());
        rightMatrix = Matrix<float>.Build.DenseOfRowMajor(k, n, right.Span.ToArray());
        product = Matrix<float>.Build.Dense(m, n);
        MathNet();
        Agreement.Check(Programs.MathNet, ours, product.ToRowMajorArray());
    }
}
