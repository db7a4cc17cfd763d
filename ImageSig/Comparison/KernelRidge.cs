using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Comparison;

/// <summary>A kernel classifier: scores <c>f_c(x) = Σ_i α_ic exp(−γ |x − x_i|²)</c> with <c>(K + λI) α = Y</c>, Y being 1 for the class of a sample and 0 for the others.</summary>
/// <remarks>The least-squares relative of a support vector machine with the same kernel. Source: Rifkin, Yeo and Poggio, "Regularized least-squares classification", 2003.</remarks>
internal sealed class KernelRidge
{
    private readonly float[][] samples;
    private readonly double[][] weights;
    private readonly double gamma;

    private KernelRidge(float[][] samples, double[][] weights, double gamma) => (this.samples, this.weights, this.gamma) = (samples, weights, gamma);

    /// <summary>Solves for α.</summary>
    /// <param name="samples">[N][F].</param>
    /// <param name="labels">[N].</param>
    /// <param name="classes">C.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="ridge">λ, above 0.</param>
    /// <param name="threads">To work with.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static KernelRidge Fit(
        float[][] samples, IReadOnlyList<int> labels, int classes, double gamma, double ridge, int threads, CancellationToken cancellationToken)
    {
        double[][] kernel = new double[samples.Length][];
        ParallelLoop.For(samples.Length, threads, FillRow, cancellationToken);
        Cholesky.Factor(kernel, cancellationToken);
        double[][] weights = new double[classes][];
        ParallelLoop.For(classes, threads, Solve, cancellationToken);
        return new KernelRidge(samples, weights, gamma);

        void FillRow(int row)
        {
            kernel[row] = new double[row + 1];
            for (int column = 0; column <= row; column++)
                kernel[row][column] = Kernel(samples[row], samples[column], gamma) + (row == column ? ridge : 0);
        }

        void Solve(int label)
        {
            weights[label] = [.. labels.Select(own => own == label ? 1.0 : 0)];
            Cholesky.Solve(kernel, weights[label]);
        }
    }

    /// <summary>[C] the scores of a sample.</summary>
    public double[] Scores(float[] sample)
    {
        double[] scores = new double[weights.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            double similarity = Kernel(sample, samples[i], gamma);
            for (int label = 0; label < scores.Length; label++)
                scores[label] += weights[label][i] * similarity;
        }
        return scores;
    }

    /// <summary>|a − b|².</summary>
    public static double Distance(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)(a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static double Kernel(float[] a, float[] b, double gamma) => ScalarMath.Exp(-gamma * Distance(a, b));
}
