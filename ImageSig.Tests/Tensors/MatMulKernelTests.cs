using System.Runtime.Intrinsics;
using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Tensors;

/// <summary>The matrix product against its plain loop, bit for bit.</summary>
public sealed unsafe class MatMulKernelTests
{
    public static TheoryData<int, int, int> Shapes { get; } = MakeShapes();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_register_width_gives_the_bits_of_the_plain_loop(int m, int n, int k)
    {
        float[] a = Numbers.Uniform(m * k, 1);
        float[] b = Numbers.Uniform(k * n, 2);
        float[] bias = Numbers.Uniform(n, 3);
        float[] c = Numbers.Uniform(m * n, 4);
        foreach (bool accumulate in (bool[])[false, true])
        {
            foreach (float cap in (float[])[0, float.PositiveInfinity, 0.5f])
            {
                float[] expected = Plain(m, n, k, a, b, accumulate ? null : bias, accumulate ? c : null, cap);
                Assert.Equal(expected, Run(m, n, k, a, b, bias, c, accumulate, cap, width: 0));
                Assert.Equal(expected, Run(m, n, k, a, b, bias, c, accumulate, cap, width: 128));
                Assert.Equal(expected, Run(m, n, k, a, b, bias, c, accumulate, cap, width: 256));
                Assert.Equal(expected, Run(m, n, k, a, b, bias, c, accumulate, cap, width: 512));
            }
        }
    }

    [Theory]
    [InlineData(7, 5, 9)]
    [InlineData(40, 70, 33)]
    [InlineData(3, 64, 300)]
    public void Transposed_operands_give_the_bits_of_copies_laid_out_straight(int m, int n, int k)
    {
        float[] a = Numbers.Uniform(m * k, 1);
        float[] b = Numbers.Uniform(k * n, 2);
        float[] aTransposed = Transpose(a, m, k);
        float[] bTransposed = Transpose(b, k, n);
        float[] expected = Plain(m, n, k, a, b, null, null, cap: 0);
        TensorArena arena = new();
        float[] c = new float[m * n];
        fixed (float* x = InTensor(aTransposed), y = InTensor(bTransposed), z = c)
            MatMulKernel.Multiply(m, n, k, LeftMatrix.Transposed(x, m), RightMatrix.Transposed(y, k), TargetMatrix.RowMajor(z, n), default, arena);
        Assert.Equal(expected, c);
    }

    [Fact]
    public void Overlapping_rows_in_groups_read_and_write_where_they_say()
    {
        // Two samples of 9 steps by 4 channels, 3 steps under a kernel: 7 rows of 12 each.
        const int n = 70;
        float[] x = Numbers.Uniform(2 * 9 * 4, 1);
        float[] w = Numbers.Uniform(12 * n, 2);
        float[] rows = [.. Enumerable.Range(0, 14).SelectMany(i => x.Skip((i / 7 * 9 + i % 7) * 4).Take(12))];
        float[] product = Plain(14, n, 12, rows, w, null, null, cap: 0);
        // Written with two rows' space left between the samples.
        float[] expected = [.. product[..(7 * n)], .. new float[2 * n], .. product[(7 * n)..]];
        float[] c = new float[16 * n];
        fixed (float* a = InTensor(x), b = InTensor(w), z = c)
            MatMulKernel.Multiply(
                14, n, 12, new LeftMatrix(a, 7, 36, 4, 1), RightMatrix.RowMajor(b, n), new TargetMatrix(z, 7, 9 * n, n), default, new TensorArena());
        Assert.Equal(expected, c);
    }

    [Theory]
    [InlineData(512, 3, 1)]
    [InlineData(530, 50, 7)]
    [InlineData(600, 13, 300)]
    [InlineData(520, 6, 1100)]
    public void A_transposed_left_matrix_of_many_rows_gives_the_bits_of_the_plain_loop(int m, int n, int k)
    {
        float[] a = Numbers.Uniform(m * k, 1);
        float[] b = Numbers.Uniform(n * k, 2);
        float[] bias = Numbers.Uniform(n, 3);
        float[] start = Numbers.Uniform(m * n, 4);
        float[] aTransposed = Transpose(a, m, k);
        foreach (bool accumulate in (bool[])[false, true])
        {
            float[] expected = Plain(m, n, k, a, b, accumulate ? null : bias, accumulate ? start : null, cap: accumulate ? float.PositiveInfinity : 0);
            foreach (int width in (int[])[0, 128, 256, 512])
                Assert.Equal(expected, Run(m, n, k, aTransposed, b, bias, start, accumulate, cap: accumulate ? float.PositiveInfinity : 0, width, isTransposed: true));
        }
    }

    /// <summary>Columns of A in groups that are shorter than a block of k, longer than one, and one of all; a few columns of B and many.</summary>
    [Theory]
    [InlineData(30, 8, 9, 3)]
    [InlineData(13, 5, 4, 70)]
    [InlineData(200, 16, 144, 3)]
    [InlineData(2, 33, 6, 3)]
    [InlineData(25, 70, 700, 3)]
    [InlineData(14, 9, 1500, 2)]
    [InlineData(14, 90, 20, 1)]
    public void Columns_in_groups_give_the_bits_of_copies_laid_out_straight(int m, int n, int perGroup, int groups)
    {
        // Lines of 4 overlapping rows each, one number apart; 5 numbers between groups that no row reads.
        const int perLine = 4;
        int k = perGroup * groups, line = perGroup + perLine + 5;
        float[] x = Numbers.Uniform(((m - 1) / perLine + groups) * line, 1);
        float[] b = Numbers.Uniform(k * n, 2);
        float[] bias = Numbers.Uniform(n, 3);
        float[] start = Numbers.Uniform(m * n, 4);
        float[] rows = [.. Enumerable.Range(0, m).SelectMany(i => Enumerable.Range(0, k).Select(j => x[(i / perLine + j / perGroup) * line + i % perLine + j % perGroup]))];
        foreach (bool accumulate in (bool[])[false, true])
        {
            float[] expected = Plain(m, n, k, rows, b, accumulate ? null : bias, accumulate ? start : null, cap: 0.5f);
            foreach (int width in (int[])[0, 128, 256, 512])
            {
                Grouping windows = new(perLine, line, 1, 1, perGroup, line);
                Assert.Equal(expected, Run(m, n, k, x, b, bias, start, accumulate, cap: 0.5f, width, grouping: windows));
            }
        }
    }

    [Fact]
    public void A_transposed_matrix_of_windows_gives_the_bits_of_a_copy_laid_out_straight()
    {
        // 3x3 windows of two channels over 6 lines of 5 pixels: 18 rows of 12 columns, those of a line 2 apart.
        const int channels = 2, kernel = 3, height = 4, width = 3, line = 10, m = kernel * kernel * channels, n = 7, k = height * width;
        float[] x = Numbers.Uniform(6 * line, 1);
        float[] b = Numbers.Uniform(k * n, 2);
        float[] start = Numbers.Uniform(m * n, 4);
        float[] rows = [.. Enumerable.Range(0, m).SelectMany(i => Enumerable.Range(0, k).Select(j =>
            x[(i / (kernel * channels) + j / width) * line + i % (kernel * channels) + j % width * channels]))];
        float[] expected = Plain(m, n, k, rows, b, null, start, cap: 0);
        foreach (int registers in (int[])[0, 128, 256, 512])
            Assert.Equal(expected, Run(m, n, k, x, b, start, start, accumulate: true, cap: 0, registers, grouping: new(kernel * channels, line, 1, channels, width, line)));
    }

    private static float[] Run(int m, int n, int k, float[] a, float[] b, float[] bias, float[] start, bool accumulate, float cap, int width, bool isTransposed = false, Grouping? grouping = null)
    {
        TensorArena arena = new();
        float[] c = [.. start];
        fixed (float* x = InTensor(a), y = InTensor(b), z = c, beginning = bias)
        {
            MatMulEpilogue epilogue = new() { Bias = accumulate ? null : beginning, Accumulate = accumulate, Cap = cap };
            LeftMatrix left = grouping is { } groups ? groups.Of(x) : isTransposed ? LeftMatrix.Transposed(x, m) : LeftMatrix.RowMajor(x, k);
            RightMatrix right = RightMatrix.RowMajor(y, n);
            TargetMatrix target = TargetMatrix.RowMajor(z, n);
            if (width == 128)
                MatMulKernel.Multiply<Lanes128<float>, Vector128<float>>(m, n, k, left, right, target, epilogue, arena);
            else if (width == 256)
                MatMulKernel.Multiply<Lanes256<float>, Vector256<float>>(m, n, k, left, right, target, epilogue, arena);
            else if (width == 512)
                MatMulKernel.Multiply<Lanes512<float>, Vector512<float>>(m, n, k, left, right, target, epilogue, arena);
            else
                MatMulKernel.Multiply(m, n, k, left, right, target, epilogue, arena);
        }
        return c;
    }

    private static float[] Plain(int m, int n, int k, float[] a, float[] b, float[]? bias, float[]? start, float cap)
    {
        float[] c = new float[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                float sum = start is not null ? start[i * n + j] : bias is not null ? bias[j] : 0;
                for (int l = 0; l < k; l++)
                    sum = Lanes.MultiplyAdd(a[i * k + l], b[l * n + j], sum);
                c[i * n + j] = cap > 0 ? Math.Clamp(sum, 0, cap) : sum;
            }
        }
        return c;
    }

    /// <summary>Everything of a <see cref="LeftMatrix"/> but where it begins.</summary>
    private readonly record struct Grouping(int RowsPerGroup, int GroupStride, int RowStride, int ColumnStride, int ColumnsPerGroup, int ColumnGroupStride)
    {
        public LeftMatrix Of(float* data) => new(data, RowsPerGroup, GroupStride, RowStride, ColumnStride) { ColumnsPerGroup = ColumnsPerGroup, ColumnGroupStride = ColumnGroupStride };
    }

    /// <summary>Tensor memory, behind whose end kernels may read.</summary>
    private static Span<float> InTensor(float[] values) => new Tensor(new Shape(values.Length), values).Span;

    private static float[] Transpose(float[] matrix, int rows, int columns)
    {
        float[] result = new float[matrix.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                result[j * rows + i] = matrix[i * columns + j];
        return result;
    }

    private static TheoryData<int, int, int> MakeShapes()
    {
        TheoryData<int, int, int> shapes = [];
        foreach (int length in (int[])[1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 32, 33, 40, 48, 50, 63, 64, 65, 100, 127, 129, 255, 256])
        {
            shapes.Add(7, length, 5);
            shapes.Add(length, 9, 4);
            shapes.Add(2, 18, length);
            shapes.Add(2, length, 6);
        }
        shapes.Add(200, 50, 700);
        shapes.Add(330, 50, 1030);
        shapes.Add(203, 40, 300);
        shapes.Add(203, 48, 700);
        shapes.Add(203, 100, 700);
        shapes.Add(64, 13, 512);
        shapes.Add(13, 130, 513);
        shapes.Add(1, 50, 1000);
        return shapes;
    }
}
