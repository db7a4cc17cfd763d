using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>The matrix product <c>op(a) op(b)</c>, where op transposes the last two dimensions or does nothing.</summary>
    /// <param name="a">[M, K] or [B, M, K]; [K, M] where transposed.</param>
    /// <param name="b">[K, N] or [B, K, N]; [N, K] where transposed. As many matrices as <paramref name="a"/>.</param>
    /// <returns>[M, N] or [B, M, N].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false)
    {
        int rank = a.Shape.Rank;
        int batch = rank == 3 ? a.Shape[0] : 1;
        if (rank is not (2 or 3) || b.Shape.Rank != rank || (rank == 3 && b.Shape[0] != batch))
            throw new ArgumentException($"MatMul: a is {a.Shape}, b is {b.Shape}; both must be matrices, or both batches of as many matrices.");
        int m = a.Shape[transposeA ? rank - 1 : rank - 2];
        int k = a.Shape[transposeA ? rank - 2 : rank - 1];
        int n = b.Shape[transposeB ? rank - 2 : rank - 1];
        int inner = b.Shape[transposeB ? rank - 1 : rank - 2];
        if (inner != k)
            throw new ArgumentException(
                $"MatMul: a is {a.Shape}{(transposeA ? " transposed" : "")}, b is {b.Shape}{(transposeB ? " transposed" : "")}; a's columns ({k}) must equal b's rows ({inner}). If b holds one output per row, transpose it first.");
        Tensor output = Result(rank == 2 ? new Shape(m, n) : new Shape(batch, m, n), a.RequiresGradient || b.RequiresGradient);
        Product(batch, m, n, k, a.Span, transposeA, b.Span, transposeB, output.Span, accumulate: false, Arena);
        if (output.RequiresGradient)
        {
            MatMulOp operation = Reuse<MatMulOp>() ?? new MatMulOp();
            (operation.A, operation.B, operation.TransposeA, operation.TransposeB) = (a, b, transposeA, transposeB);
            (operation.Batch, operation.M, operation.N, operation.K, operation.Arena) = (batch, m, n, k, Arena);
            Record(operation, output);
        }
        return output;
    }

    private static unsafe void Product(
        int batch, int m, int n, int k, ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c,
        bool accumulate, TensorArena arena)
    {
        fixed (float* left = a, right = b, product = c)
        {
            for (int i = 0; i < batch; i++)
            {
                float* x = left + (nint)i * m * k;
                float* y = right + (nint)i * k * n;
                MatMulKernel.Multiply(
                    m, n, k, transposeA ? LeftMatrix.Transposed(x, m) : LeftMatrix.RowMajor(x, k),
                    transposeB ? RightMatrix.Transposed(y, k) : RightMatrix.RowMajor(y, n),
                    TargetMatrix.RowMajor(product + (nint)i * m * n, n), new MatMulEpilogue { Accumulate = accumulate }, arena);
            }
        }
    }

    private sealed class MatMulOp : TapeOp
    {
        public Tensor A { get; set; } = null!;

        public Tensor B { get; set; } = null!;

        public bool TransposeA { get; set; }

        public bool TransposeB { get; set; }

        public int Batch { get; set; }

        public int M { get; set; }

        public int N { get; set; }

        public int K { get; set; }

        public TensorArena Arena { get; set; } = null!;

        /// <summary>With C = A B: <c>dA = dC Bᵀ</c>, <c>dB = Aᵀ dC</c>; transposed operands receive the transposed products.</summary>
        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            if (A.RequiresGradient)
            {
                Span<float> inner = gradients.Of(A, out bool isNew);
                if (TransposeA)
                    Product(Batch, K, M, N, B.Span, TransposeB, outer, true, inner, !isNew, Arena);
                else
                    Product(Batch, M, K, N, outer, false, B.Span, !TransposeB, inner, !isNew, Arena);
            }
            if (B.RequiresGradient)
            {
                Span<float> inner = gradients.Of(B, out bool isNew);
                if (TransposeB)
                    Product(Batch, N, K, M, outer, true, A.Span, TransposeA, inner, !isNew, Arena);
                else
                    Product(Batch, K, N, M, A.Span, !TransposeA, outer, false, inner, !isNew, Arena);
            }
        }
    }
}
