using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Rows of a table by number: <c>y[i] = table[rows[i]]</c>.</summary>
    /// <param name="table">[N, F].</param>
    /// <param name="rows">Numbers from 0 to N − 1; copied only while training.</param>
    /// <returns>[rows, F].</returns>
    /// <exception cref="ArgumentException">The table is not [N, F], no row is asked for, or a number is not one of its rows.</exception>
    public Tensor Gather(Tensor table, ReadOnlySpan<int> rows)
    {
        if (table.Shape.Rank != 2)
            throw new ArgumentException($"Gather: the table is {table.Shape}; it must be [N, F].");
        if (rows.IsEmpty)
            throw new ArgumentException("Gather: no rows are asked for; name at least 1.");
        foreach (int row in rows)
            if ((uint)row >= (uint)table.Shape[0])
                throw new ArgumentException($"Gather: row {row} of a table {table.Shape}; rows must be 0 to {table.Shape[0] - 1}.");
        int width = table.Shape[1];
        Tensor output = Result(new Shape(rows.Length, width), table.RequiresGradient);
        for (int i = 0; i < rows.Length; i++)
            table.Span.Slice(rows[i] * width, width).CopyTo(output.Span[(i * width)..]);
        if (output.RequiresGradient)
        {
            GatherOp operation = Reuse<GatherOp>() ?? new GatherOp();
            operation.Table = table;
            if (operation.Rows.Length != rows.Length)
                operation.Rows = new int[rows.Length];
            rows.CopyTo(operation.Rows);
            Record(operation, output);
        }
        return output;
    }

    private sealed class GatherOp : TapeOp
    {
        public Tensor Table { get; set; } = null!;

        public int[] Rows { get; set; } = [];

        public override void Backward(Gradients gradients)
        {
            int width = Table.Shape[1];
            Span<float> inner = gradients.Of(Table);
            ReadOnlySpan<float> outer = gradients.Of(Output);
            for (int i = 0; i < Rows.Length; i++)
                ReduceKernel.Add(outer.Slice(i * width, width), inner.Slice(Rows[i] * width, width));
        }
    }
}
