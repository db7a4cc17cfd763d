using System.Numerics.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Used again by every attention of a tape that records nothing.</summary>
    private AttentionOp? idleAttention;

    /// <summary>Scaled dot-product attention of every head: <c>softmax(Q Kᵀ / √D) V</c>.</summary>
    /// <param name="queries">[B, T, H·D]: head h has columns h·D … h·D + D − 1.</param>
    /// <param name="keys">[B, T, H·D].</param>
    /// <param name="values">[B, T, H·D].</param>
    /// <returns>[B, T, H·D], the heads side by side.</returns>
    /// <remarks>Source: Vaswani et al., "Attention is all you need", NIPS 2017, section 3.2.</remarks>
    /// <exception cref="ArgumentException">The shapes differ, the heads do not divide the last dimension, or the dropout is outside [0, 1).</exception>
    public Tensor Attention(Tensor queries, Tensor keys, Tensor values, AttentionOptions options)
    {
        if (queries.Shape.Rank != 3 || keys.Shape != queries.Shape || values.Shape != queries.Shape)
            throw new ArgumentException(
                $"Attention: queries are {queries.Shape}, keys {keys.Shape}, values {values.Shape}; all must be one shape [B, T, heads x size].");
        options.Check("Attention");
        if (queries.Shape[2] % options.Heads != 0)
            throw new ArgumentException($"Attention: queries are {queries.Shape}, {options.Heads} heads; the heads must divide the last dimension.");
        AttentionOp operation = IsTraining ? Reuse<AttentionOp>() ?? new AttentionOp() : idleAttention ??= new AttentionOp();
        (operation.Queries, operation.Keys, operation.Values, operation.Options, operation.Arena) = (queries, keys, values, options, Arena);
        Shape square = new(queries.Shape[0], options.Heads, queries.Shape[1], queries.Shape[1]);
        operation.Probabilities = Arena.Allocate(square);
        operation.Factors = IsTraining && options.Dropout > 0 ? DropoutFactors(square, options.Dropout, options.DropoutLayer) : null;
        Tensor output = Result(queries.Shape, queries.RequiresGradient || keys.RequiresGradient || values.RequiresGradient);
        operation.Forward(output);
        if (output.RequiresGradient)
            Record(operation, output);
        return output;
    }

    private sealed unsafe class AttentionOp : TapeOp
    {
        public Tensor Queries { get; set; } = null!;

        public Tensor Keys { get; set; } = null!;

        public Tensor Values { get; set; } = null!;

        public AttentionOptions Options { get; set; }

        /// <summary>[B, H, T, T], after softmax and before dropout.</summary>
        public Tensor Probabilities { get; set; } = null!;

        /// <summary>[B, H, T, T], or null without dropout.</summary>
        public Tensor? Factors { get; set; }

        public TensorArena Arena { get; set; } = null!;

        private int Length => Queries.Shape[1];

        private int Width => Queries.Shape[2];

        private int Size => Width / Options.Heads;

        private float Scale => 1 / MathF.Sqrt(Size);

        public void Forward(Tensor output)
        {
            int t = Length;
            (int, int, long) mark = Arena.Mark();
            Span<float> weights = Arena.Scratch(t * t);
            fixed (float* q = Queries.Span, k = Keys.Span, v = Values.Span, p = Probabilities.Span, y = output.Span, dropped = weights)
            {
                for (int head = 0; head < Queries.Shape[0] * Options.Heads; head++)
                {
                    nint at = Start(head);
                    float* chances = p + (nint)head * t * t;
                    Product(t, t, Size, Rows(q + at), Columns(k + at), TargetMatrix.RowMajor(chances, t), default);
                    Span<float> scores = new(chances, t * t);
                    TensorPrimitives.Multiply(scores, Scale, scores);
                    for (int i = 0; i < t; i++)
                        SoftmaxKernel.Row(scores.Slice(i * t, t), Options.IsCausal ? i + 1 : t);
                    Drop(head, new ReadOnlySpan<float>(chances, t * t), weights);
                    Product(t, Size, t, LeftMatrix.RowMajor(dropped, t), RightMatrix.RowMajor(v + at, Width), Target(y + at), default);
                }
            }
            Arena.Release(mark);
        }

        /// <summary><c>dV = Pᵀ dY</c>, <c>dP = dY Vᵀ</c>, through softmax to dS, then <c>dQ = dS K / √D</c>, <c>dK = dSᵀ Q / √D</c>.</summary>
        public override void Backward(Gradients gradients)
        {
            int t = Length;
            Span<float> outer = gradients.Of(Output);
            Span<float> ofQueries = Queries.RequiresGradient ? gradients.Of(Queries) : default;
            Span<float> ofKeys = Keys.RequiresGradient ? gradients.Of(Keys) : default;
            Span<float> ofValues = Values.RequiresGradient ? gradients.Of(Values) : default;
            MatMulEpilogue add = new() { Accumulate = true };
            (int, int, long) mark = Arena.Mark();
            Span<float> weights = Arena.Scratch(t * t);
            Span<float> slopes = Arena.Scratch(t * t);
            fixed (float* q = Queries.Span, k = Keys.Span, v = Values.Span, dy = outer, dq = ofQueries, dk = ofKeys, dv = ofValues)
            fixed (float* dropped = weights, ds = slopes)
            {
                for (int head = 0; head < Queries.Shape[0] * Options.Heads; head++)
                {
                    nint at = Start(head);
                    ReadOnlySpan<float> chances = Probabilities.Span.Slice(head * t * t, t * t);
                    if (dv != null)
                    {
                        Drop(head, chances, weights);
                        Product(t, Size, t, LeftMatrix.Transposed(dropped, t), RightMatrix.RowMajor(dy + at, Width), Target(dv + at), add);
                    }
                    if (dq == null && dk == null)
                        continue;
                    Product(t, t, Size, Rows(dy + at), Columns(v + at), TargetMatrix.RowMajor(ds, t), default);
                    Drop(head, slopes, slopes);
                    for (int i = 0; i < t; i++)
                        SoftmaxKernel.RowBackward(chances.Slice(i * t, t), slopes.Slice(i * t, t));
                    TensorPrimitives.Multiply(slopes[..(t * t)], Scale, slopes);
                    if (dq != null)
                        Product(t, Size, t, LeftMatrix.RowMajor(ds, t), RightMatrix.RowMajor(k + at, Width), Target(dq + at), add);
                    if (dk != null)
                        Product(t, Size, t, LeftMatrix.Transposed(ds, t), RightMatrix.RowMajor(q + at, Width), Target(dk + at), add);
                }
            }
            Arena.Release(mark);
        }

        /// <summary>Where head number <paramref name="head"/>, counted over the batch, begins.</summary>
        private nint Start(int head) => (nint)(head / Options.Heads) * Length * Width + head % Options.Heads * Size;

        private LeftMatrix Rows(float* data) => new(data, int.MaxValue, 0, Width, 1);

        private RightMatrix Columns(float* data) => new(data, 1, Width);

        private TargetMatrix Target(float* data) => new(data, int.MaxValue, 0, Width);

        private void Product(int m, int n, int depth, LeftMatrix a, RightMatrix b, TargetMatrix c, MatMulEpilogue epilogue) =>
            MatMulKernel.Multiply(m, n, depth, a, b, c, epilogue, Arena);

        private void Drop(int head, ReadOnlySpan<float> source, Span<float> destination)
        {
            if (Factors is null)
                source.CopyTo(destination);
            else
                TensorPrimitives.Multiply(source, Factors.Span.Slice(head * source.Length, source.Length), destination);
        }
    }
}
