using ImageSig.Comparison;
using ImageSig.Tensors;

namespace ImageSig.Quantization;

/// <summary>Rounds the weights of a layer so that their errors cancel where its inputs go together, rather than each to the nearest.</summary>
/// <remarks>One weight of each output after the other is rounded, and what that changes in the output is taken back, as well as can be, by the weights that are still to come.
/// Source: Frantar, Ashkboos, Hoefler &amp; Alistarh, "GPTQ", ICLR 2023, section 3; first in Hassibi &amp; Stork, "Second order derivatives for network pruning", 1993. What is left of the error's
/// mean goes into the bias.</remarks>
internal static class CompensatedRounding
{
    /// <summary>Added to the diagonal, as a share of its mean: inputs that hardly vary must not be relied on.</summary>
    private const double Damping = 0.01;

    /// <summary>Rounds in place: what is left are whole multiples of the scales.</summary>
    /// <param name="weight">[R, O].</param>
    /// <param name="bias">[O], or empty.</param>
    /// <param name="scales">[O].</param>
    /// <param name="mean">[R], of the inputs; zeros where there is no bias.</param>
    /// <param name="covariance">[R][R], of the inputs; the lower half is read. Overwritten.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static void Round(Span<float> weight, Span<float> bias, ReadOnlySpan<float> scales, double[] mean, double[][] covariance, CancellationToken cancellationToken)
    {
        int rows = mean.Length, outputs = scales.Length;
        double[][] factor = FactorOfInverse(covariance, cancellationToken);
        double[] left = new double[weight.Length];
        int[] largest = new int[outputs];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = weight[i];
            if (Math.Abs(weight[i]) > Math.Abs(weight[largest[i % outputs] * outputs + i % outputs]))
                largest[i % outputs] = i / outputs;
        }
        for (int row = 0; row < rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int output = 0; output < outputs; output++)
            {
                int at = row * outputs + output;
                // The largest stays the largest, or the scale would not be that of the file.
                float rounded = scales[output] * (largest[output] == row ? MathF.CopySign(StoredTensors.MaxWhole, weight[at]) : StoredTensors.Whole(left[at], scales[output]));
                double error = (left[at] - rounded) / factor[row][row];
                for (int later = row + 1; later < rows; later++)
                    left[later * outputs + output] -= error * factor[later][row];
                if (bias.Length > 0)
                    bias[output] += (float)((weight[at] - rounded) * mean[row]);
                weight[at] = rounded;
            }
        }
    }

    /// <summary>L with <c>A⁻¹ = L Lᵀ</c>, A damped.</summary>
    private static double[][] FactorOfInverse(double[][] matrix, CancellationToken cancellationToken)
    {
        int size = matrix.Length;
        double damping = 0;
        for (int i = 0; i < size; i++)
            damping += matrix[i][i];
        damping = damping > 0 ? Damping * damping / size : 1;
        for (int i = 0; i < size; i++)
            matrix[i][i] += damping;
        Cholesky.Factor(matrix, cancellationToken);
        double[][] inverse = new double[size][];
        for (int i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            inverse[i] = new double[size];
            inverse[i][i] = 1;
            Cholesky.Solve(matrix, inverse[i]);
        }
        Cholesky.Factor(inverse, cancellationToken);
        return inverse;
    }
}
