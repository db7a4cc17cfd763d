using System.Numerics;

namespace ImageSig.Signature.Kernels;

/// <summary>The signature by the readable algebra, one path after the other: any number type, and the twin of the lanes.</summary>
internal static unsafe class ScalarSignature
{
    /// <summary>Every result of the batch.</summary>
    public static void Forward<T>(in ForwardRequest<T> request)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureLayout layout = request.Layout;
        T[] increment = new T[layout.Channels], scratch = new T[TensorAlgebra.ScratchLength(layout)], signature = new T[layout.Length];
        for (int index = 0; index < request.Batch; index++)
        {
            T* result = request.Result + (long)index * request.Prefixes * request.RowLength;
            var path = new ReadOnlySpan<T>(request.Paths + (long)index * request.Length * layout.Channels, request.Length * layout.Channels);
            if (request.Initial == null)
                Array.Clear(signature);
            else
                new ReadOnlySpan<T>(request.Initial + (long)index * layout.Length, layout.Length).CopyTo(signature);
            for (int point = request.HasPoint ? 0 : layout.Channels; point < path.Length; point += layout.Channels)
            {
                for (int channel = 0; channel < layout.Channels; channel++)
                {
                    T before = point > 0 ? path[point - layout.Channels + channel]
                        : request.ZeroPoint ? T.Zero : request.Points[index * layout.Channels + channel];
                    increment[channel] = path[point + channel] - before;
                }
                TensorAlgebra.FusedMultiplyExponential(layout, signature, increment, scratch);
                if (request.Stream)
                {
                    Emit(request.Log, layout, signature, new Span<T>(result, request.RowLength));
                    result += request.RowLength;
                }
            }
            if (!request.Stream)
                Emit(request.Log, layout, signature, new Span<T>(result, request.RowLength));
        }
    }

    /// <summary>Numbers of working memory.</summary>
    public static long ScratchLength<T>(in ForwardRequest<T> request)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        request.Layout.Channels + TensorAlgebra.ScratchLength(request.Layout) + (request.Log is null ? 1L : 2) * request.Layout.Length;

    /// <summary>The signature itself, or its logarithm in the plan's basis.</summary>
    public static void Emit<T>(LogPlan? plan, SignatureLayout layout, ReadOnlySpan<T> signature, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (plan is null)
        {
            signature[..layout.Length].CopyTo(result);
            return;
        }
        T[] logarithm = new T[layout.Length];
        TensorAlgebra.Log(layout, signature, logarithm);
        for (int output = 0; output < plan.Length; output++)
        {
            result[output] = logarithm[plan.PlaceOf(output)];
            if (plan.Rows is not null)
                foreach ((int column, int coefficient) in plan.Rows[output])
                    result[output] = T.FusedMultiplyAdd(T.CreateTruncating(-coefficient), result[column], result[output]);
        }
    }
}
