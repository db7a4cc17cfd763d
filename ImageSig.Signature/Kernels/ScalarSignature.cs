using System.Buffers;
using System.Numerics;

namespace ImageSig.Signature.Kernels;

/// <summary>The signature by the readable algebra, one path after the other: any number type, and the twin of the lanes.</summary>
internal static unsafe class ScalarSignature
{
    /// <summary>Every signature of the batch.</summary>
    public static void Forward<T>(in ForwardRequest<T> request)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureLayout layout = request.Layout;
        T[] rented = ArrayPool<T>.Shared.Rent(TensorAlgebra.ScratchLength(layout) + layout.Channels);
        Span<T> increment = rented.AsSpan(0, layout.Channels), scratch = rented.AsSpan(layout.Channels);
        for (int index = 0; index < request.Batch; index++)
        {
            var signature = new Span<T>(request.Result + (long)index * layout.Length, layout.Length);
            var path = new ReadOnlySpan<T>(request.Paths + (long)index * request.Length * layout.Channels, request.Length * layout.Channels);
            if (request.Initial == null)
                signature.Clear();
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
            }
        }
        ArrayPool<T>.Shared.Return(rented);
    }
}
