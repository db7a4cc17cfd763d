namespace ImageSig.Tests.Signature;

/// <summary>The signature kernel's scheme as it is written, over the whole fine grid.</summary>
internal static class GoursatScheme
{
    /// <summary>The kernel of two paths.</summary>
    /// <param name="leftSteps">Steps of the left path.</param>
    /// <param name="rightSteps">Steps of the right path.</param>
    /// <param name="order">Each step is divided into 2^order parts.</param>
    /// <param name="product">The inner product of a left step and a right one.</param>
    public static double Kernel(int leftSteps, int rightSteps, int order, Func<int, int, double> product)
    {
        int parts = 1 << order, height = leftSteps * parts + 1, width = rightSteps * parts + 1;
        var grid = new double[height, width];
        for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++)
            {
                if (row == 0 || column == 0)
                {
                    grid[row, column] = 1;
                    continue;
                }
                double g = product((row - 1) / parts, (column - 1) / parts) / (1L << (2 * order)), twelfth = g * g / 12;
                grid[row, column] = (grid[row, column - 1] + grid[row - 1, column]) * (1 + g / 2 + twelfth) - grid[row - 1, column - 1] * (1 - twelfth);
            }
        return grid[height - 1, width - 1];
    }
}
