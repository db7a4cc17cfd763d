namespace ImageSig.Comparison;

/// <summary>Linear equations with a symmetric, positive definite matrix: <c>A = L Lᵀ</c>.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower half of a matrix by L.</summary>
    /// <param name="matrix">[N][N], of which the lower half is read.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Factor(double[][] matrix, CancellationToken cancellationToken)
    {
        for (int row = 0; row < matrix.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] current = matrix[row];
            for (int column = 0; column <= row; column++)
            {
                double rest = current[column] - Dot(current, matrix[column], column);
                if (column < row)
                    current[column] = rest / matrix[column][column];
                else if (rest > 0)
                    current[row] = Math.Sqrt(rest);
                else
                    throw new ArithmeticException($"Cholesky: pivot {row} is {rest}; the matrix is not positive definite.");
            }
        }
    }

    /// <summary>x with <c>L Lᵀ x = b</c>, in place.</summary>
    /// <param name="factor">L, as <see cref="Factor"/> leaves it.</param>
    /// <param name="values">[N], b and then x.</param>
    public static void Solve(double[][] factor, double[] values)
    {
        for (int row = 0; row < factor.Length; row++)
            values[row] = (values[row] - Dot(factor[row], values, row)) / factor[row][row];
        for (int row = factor.Length - 1; row >= 0; row--)
        {
            values[row] /= factor[row][row];
            for (int column = 0; column < row; column++)
                values[column] -= factor[row][column] * values[row];
        }
    }

    /// <summary>Four sums side by side: the additions of one would wait for each other.</summary>
    private static double Dot(double[] a, double[] b, int count)
    {
        double first = 0, second = 0, third = 0, fourth = 0;
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (; i < count; i++)
            first += a[i] * b[i];
        return first + second + (third + fourth);
    }
}
