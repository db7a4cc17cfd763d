using System.Diagnostics;

namespace ImageSig.Tensors.Kernels;

/// <summary>The left matrix of a product, A[i, k], where rows may overlap, and rows and columns come in groups.</summary>
/// <remarks><c>A[i, k] = Data[(i / RowsPerGroup) · GroupStride + (i mod RowsPerGroup) · RowStride + (k / ColumnsPerGroup) · ColumnGroupStride + (k mod ColumnsPerGroup) · ColumnStride]</c>.
/// A convolution over [B, T, C] is such a matrix: a group is a sample, a row is the K·C contiguous floats under the kernel, and the
/// next row begins C floats on. Over an image [H, W, C] a group of rows is a line of outputs, a group of columns a line of the kernel. A transposed matrix has RowStride 1.</remarks>
internal readonly unsafe struct LeftMatrix(float* data, int rowsPerGroup, nint groupStride, nint rowStride, nint columnStride)
{
    public float* Data { get; init; } = data;

    public int RowsPerGroup { get; } = rowsPerGroup;

    public nint GroupStride { get; } = groupStride;

    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;

    /// <summary>All of them, unless something else is said.</summary>
    public int ColumnsPerGroup { get; init; } = int.MaxValue;

    public nint ColumnGroupStride { get; init; }

    public float* Row(int i) => RowsPerGroup == int.MaxValue
        ? Data + i * RowStride
        : Data + i / RowsPerGroup * GroupStride + i % RowsPerGroup * RowStride;

    /// <summary>Where <paramref name="count"/> rows from <paramref name="first"/> on begin.</summary>
    public void Rows(int first, int count, float** rows)
    {
        float* group = Data + first / RowsPerGroup * GroupStride;
        int inGroup = first % RowsPerGroup;
        for (int i = 0; i < count; i++)
        {
            rows[i] = group + inGroup * RowStride;
            if (++inGroup == RowsPerGroup)
            {
                group += GroupStride;
                inGroup = 0;
            }
        }
    }

    /// <summary>The same without the columns before <paramref name="column"/>, which is the first of a group unless no more columns are read than it still has.</summary>
    public LeftMatrix From(int column) => this with
    {
        Data = ColumnsPerGroup == int.MaxValue
            ? Data + column * ColumnStride
            : Data + column / ColumnsPerGroup * ColumnGroupStride + column % ColumnsPerGroup * ColumnStride,
    };

    /// <summary>Of <paramref name="steps"/> columns from <paramref name="from"/> on, as many as <see cref="From"/> allows: whole groups, or the rest of one.</summary>
    public int Steps(int from, int steps) =>
        ColumnsPerGroup > steps ? Math.Min(steps, ColumnsPerGroup - from % ColumnsPerGroup) : steps - steps % ColumnsPerGroup;

    /// <summary>The way along a row of so many columns: whole groups, or a part of one.</summary>
    public LeftSteps Walk(int columns)
    {
        int steps = Math.Min(columns, ColumnsPerGroup);
        Debug.Assert(columns % steps == 0, "A group of columns would be left out.");
        return new(columns / steps, steps, ColumnStride, ColumnGroupStride - steps * ColumnStride);
    }

    /// <summary>A plain row-major matrix, [rows, columns].</summary>
    public static LeftMatrix RowMajor(float* data, int columns) => new(data, int.MaxValue, 0, columns, 1);

    /// <summary>The transpose of a row-major matrix [columns of this, <paramref name="rows"/> of this].</summary>
    public static LeftMatrix Transposed(float* data, int rows) => new(data, int.MaxValue, 0, 1, rows);
}

/// <summary>The way along rows of a left matrix: so many groups of so many steps, and a jump behind each group.</summary>
internal readonly struct LeftSteps(int groups, int steps, nint step, nint jump)
{
    public int Groups { get; } = groups;

    /// <summary>In a group.</summary>
    public int Steps { get; } = steps;

    /// <summary>Floats from one column to the next.</summary>
    public nint Step { get; } = step;

    /// <summary>Floats from behind a group to the next.</summary>
    public nint Jump { get; } = jump;
}

/// <summary>The right matrix of a product: <c>B[k, j] = Data[k · RowStride + j · ColumnStride]</c>.</summary>
internal readonly unsafe struct RightMatrix(float* data, nint rowStride, nint columnStride)
{
    public float* Data { get; } = data;

    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;

    /// <summary>A plain row-major matrix, [rows, columns].</summary>
    public static RightMatrix RowMajor(float* data, int columns) => new(data, columns, 1);

    /// <summary>The transpose of a row-major matrix [columns of this, <paramref name="rows"/> of this].</summary>
    public static RightMatrix Transposed(float* data, int rows) => new(data, 1, rows);
}

/// <summary>Where a product goes, in rows that may come in groups as those of <see cref="LeftMatrix"/>; columns are contiguous.</summary>
internal readonly unsafe struct TargetMatrix(float* data, int rowsPerGroup, nint groupStride, nint rowStride)
{
    public int RowsPerGroup { get; } = rowsPerGroup;

    public nint RowStride { get; } = rowStride;

    public float* Row(int i) => RowsPerGroup == int.MaxValue
        ? data + i * RowStride
        : data + i / RowsPerGroup * groupStride + i % RowsPerGroup * RowStride;

    /// <summary>Whether rows <paramref name="first"/> to <paramref name="last"/> are evenly spaced.</summary>
    public bool IsEven(int first, int last) => RowsPerGroup == int.MaxValue || first / RowsPerGroup == last / RowsPerGroup;

    /// <summary>A plain row-major matrix, [rows, columns].</summary>
    public static TargetMatrix RowMajor(float* data, int columns) => new(data, int.MaxValue, 0, columns);
}

/// <summary>What the product is added to and what happens to the sums before they are stored.</summary>
internal readonly unsafe struct MatMulEpilogue
{
    /// <summary>[N], what each sum begins with, or null for zero. Not together with <see cref="Accumulate"/>.</summary>
    public float* Bias { get; init; }

    /// <summary>Whether each sum begins with what the output holds.</summary>
    public bool Accumulate { get; init; }

    /// <summary>What results are cut to, from 0 up: ∞ for ReLU, 6 for ReLU6; 0 leaves them as they are. See <see cref="ActivationKernel.CapOf"/>.</summary>
    public float Cap { get; init; }
}
