using System.Numerics;

namespace ImageSig.Signature;

/// <summary>The signature kernel: the inner product of two paths' whole signatures, without computing either.</summary>
/// <remarks>
/// <para>k solves the Goursat problem <c>∂²k/∂s∂t = ⟨ẋₛ, ẏₜ⟩ k</c>, k = 1 on both axes. Each step is divided into 2^order parts, and with
/// g the inner product of two parts <c>k₁₁ = (k₁₀ + k₀₁)(1 + g/2 + g²/12) − k₀₀ (1 − g²/12)</c>.</para>
/// <para>Source: Salvi, Cass, Foster, Lyons, Yang, "The signature kernel is the solution of a Goursat PDE", 2021.</para>
/// </remarks>
public sealed class PathKernel
{
    /// <summary>Prepares the kernel.</summary>
    /// <param name="channels">C of both paths.</param>
    /// <param name="dyadicOrder">0…12: each step is divided into 2^order parts; the error falls about fourfold with each.</param>
    public PathKernel(int channels, int dyadicOrder)
    {
        if (channels < 1)
            throw new ArgumentOutOfRangeException(nameof(channels), $"PathKernel: channels is {channels}; a path needs at least 1 channel.");
        if (dyadicOrder is < 0 or > 12)
            throw new ArgumentOutOfRangeException(nameof(dyadicOrder), $"PathKernel: the dyadic order is {dyadicOrder}; it must be 0…12.");
        Channels = channels;
        DyadicOrder = dyadicOrder;
    }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>Each step is divided into 2^order parts.</summary>
    public int DyadicOrder { get; }

    /// <summary>k of one pair of paths, [T, C] and [U, C].</summary>
    public T Evaluate<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] products = Products(left, right, out int rows, out int columns);
        int parts = 1 << DyadicOrder;
        // Two rows of the fine grid are enough.
        T[] above = new T[columns * parts + 1], here = new T[columns * parts + 1];
        Array.Fill(above, T.One);
        for (int row = 0; row < rows * parts; row++)
        {
            here[0] = T.One;
            for (int column = 0; column < columns * parts; column++)
            {
                (T sum, T corner) = Factors(products[row / parts * columns + column / parts]);
                here[column + 1] = (here[column] + above[column + 1]) * sum - above[column] * corner;
            }
            (above, here) = (here, above);
        }
        return above[^1];
    }

    /// <summary>The Gram matrix of two batches.</summary>
    /// <param name="left">[B, T, C].</param>
    /// <param name="right">[D, U, C].</param>
    /// <param name="leftBatch">B.</param>
    /// <param name="rightBatch">D.</param>
    /// <param name="result">[B, D], overwritten.</param>
    public void Gram<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int leftBatch, int rightBatch, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckBatches(nameof(Gram), left.Length, right.Length, leftBatch, rightBatch, "the result", result.Length);
        int leftLength = left.Length / leftBatch, rightLength = right.Length / rightBatch;
        for (int row = 0; row < leftBatch; row++)
            for (int column = 0; column < rightBatch; column++)
                result[row * rightBatch + column] = Evaluate(left.Slice(row * leftLength, leftLength), right.Slice(column * rightLength, rightLength));
    }

    /// <summary>The gradients of <c>Σ cotangents · Gram(left, right)</c>, exact for the discretised kernel.</summary>
    /// <param name="left">[B, T, C].</param>
    /// <param name="right">[D, U, C].</param>
    /// <param name="leftBatch">B.</param>
    /// <param name="rightBatch">D.</param>
    /// <param name="cotangents">[B, D].</param>
    /// <param name="leftGradients">[B, T, C], overwritten.</param>
    /// <param name="rightGradients">[D, U, C], overwritten.</param>
    public void GramBackward<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int leftBatch, int rightBatch, ReadOnlySpan<T> cotangents, Span<T> leftGradients, Span<T> rightGradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckBatches(nameof(GramBackward), left.Length, right.Length, leftBatch, rightBatch, "cotangents", cotangents.Length);
        if (leftGradients.Length != left.Length || rightGradients.Length != right.Length)
            throw new ArgumentException($"PathKernel.GramBackward: the gradients hold {leftGradients.Length} and {rightGradients.Length} numbers, the paths {left.Length} and {right.Length}; they have the same shapes.");
        leftGradients.Clear();
        rightGradients.Clear();
        int leftLength = left.Length / leftBatch, rightLength = right.Length / rightBatch;
        T[] leftOne = new T[leftLength], rightOne = new T[rightLength];
        for (int row = 0; row < leftBatch; row++)
            for (int column = 0; column < rightBatch; column++)
            {
                Backward(left.Slice(row * leftLength, leftLength), right.Slice(column * rightLength, rightLength), leftOne, rightOne);
                Accumulate(cotangents[row * rightBatch + column], leftOne, leftGradients.Slice(row * leftLength, leftLength));
                Accumulate(cotangents[row * rightBatch + column], rightOne, rightGradients.Slice(column * rightLength, rightLength));
            }
    }

    private static void Accumulate<T>(T factor, ReadOnlySpan<T> values, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < values.Length; index++)
            target[index] += factor * values[index];
    }

    private static void CheckBatches(string operation, int left, int right, int leftBatch, int rightBatch, string pairs, int found)
    {
        if (leftBatch < 1 || rightBatch < 1 || left % leftBatch != 0 || right % rightBatch != 0 || found != (long)leftBatch * rightBatch)
            throw new ArgumentException($"PathKernel.{operation}: {left} numbers in {leftBatch} paths against {right} in {rightBatch}, {pairs} of {found}; each batch needs whole paths, and {pairs} one number per pair.");
    }

    /// <summary>k, and its gradients with respect to both paths, exact for the discretised kernel.</summary>
    /// <param name="left">[T, C].</param>
    /// <param name="right">[U, C].</param>
    /// <param name="leftGradient">[T, C], overwritten.</param>
    /// <param name="rightGradient">[U, C], overwritten.</param>
    public T Backward<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> leftGradient, Span<T> rightGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] products = Products(left, right, out int rows, out int columns);
        if (leftGradient.Length != left.Length || rightGradient.Length != right.Length)
            throw new ArgumentException($"PathKernel.Backward: the gradients hold {leftGradient.Length} and {rightGradient.Length} numbers, the paths {left.Length} and {right.Length}; they have the same shapes.");
        int parts = 1 << DyadicOrder, width = columns * parts + 1;
        T[] grid = new T[checked((rows * parts + 1) * width)], adjoint = new T[grid.Length], productGradients = new T[products.Length];
        for (int column = 0; column < width; column++)
            grid[column] = T.One;
        for (int row = 0; row < rows * parts; row++)
        {
            grid[(row + 1) * width] = T.One;
            for (int column = 0; column < columns * parts; column++)
            {
                (T sum, T corner) = Factors(products[row / parts * columns + column / parts]);
                int at = row * width + column;
                grid[at + width + 1] = (grid[at + width] + grid[at + 1]) * sum - grid[at] * corner;
            }
        }
        adjoint[^1] = T.One;
        T half = T.One / T.CreateTruncating(2), sixth = T.One / T.CreateTruncating(6), fine = T.One / T.CreateTruncating((long)parts * parts);
        for (int row = rows * parts - 1; row >= 0; row--)
            for (int column = columns * parts - 1; column >= 0; column--)
            {
                int at = row * width + column, cell = row / parts * columns + column / parts;
                (T sum, T corner) = Factors(products[cell]);
                T a = adjoint[at + width + 1], g = products[cell] * fine;
                adjoint[at + width] += a * sum;
                adjoint[at + 1] += a * sum;
                adjoint[at] -= a * corner;
                productGradients[cell] += a * fine * ((grid[at + width] + grid[at + 1]) * (half + g * sixth) + grid[at] * g * sixth);
            }
        Spread(left, right, rows, columns, productGradients, leftGradient, rightGradient);
        return grid[^1];
    }

    /// <summary>From the gradients of the inner products of steps to those of the points.</summary>
    private void Spread<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int rows, int columns, T[] products, Span<T> leftGradient, Span<T> rightGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        leftGradient.Clear();
        rightGradient.Clear();
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                for (int channel = 0; channel < Channels; channel++)
                {
                    int x = row * Channels + channel, y = column * Channels + channel;
                    T product = products[row * columns + column];
                    T dx = product * (right[y + Channels] - right[y]), dy = product * (left[x + Channels] - left[x]);
                    leftGradient[x + Channels] += dx;
                    leftGradient[x] -= dx;
                    rightGradient[y + Channels] += dy;
                    rightGradient[y] -= dy;
                }
    }

    /// <summary>The inner products of every step of one path with every step of the other.</summary>
    private T[] Products<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, out int rows, out int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (left.IsEmpty || right.IsEmpty || left.Length % Channels != 0 || right.Length % Channels != 0)
            throw new ArgumentException($"PathKernel: the paths hold {left.Length} and {right.Length} numbers; each needs one or more points of {Channels} channels.");
        rows = left.Length / Channels - 1;
        columns = right.Length / Channels - 1;
        var products = new T[checked(rows * columns)];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                T sum = T.Zero;
                for (int channel = 0; channel < Channels; channel++)
                {
                    int x = row * Channels + channel, y = column * Channels + channel;
                    sum += (left[x + Channels] - left[x]) * (right[y + Channels] - right[y]);
                }
                products[row * columns + column] = sum;
            }
        return products;
    }

    /// <summary><c>1 + g/2 + g²/12</c> and <c>1 − g²/12</c> for one part of a step.</summary>
    private (T Sum, T Corner) Factors<T>(T product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T g = product / T.CreateTruncating(1L << (2 * DyadicOrder)), twelfth = g * g / T.CreateTruncating(12);
        return (T.One + g / T.CreateTruncating(2) + twelfth, T.One - twelfth);
    }
}
