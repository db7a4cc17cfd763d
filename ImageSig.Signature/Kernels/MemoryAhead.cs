using System.Runtime.Intrinsics.X86;

namespace ImageSig.Signature.Kernels;

/// <summary>Memory on its way to the cache, asked for a few lines at a time: many at once would hold up the work they are asked from.</summary>
internal unsafe struct MemoryAhead
{
    private const int LineBytes = 64;
    private const long MaxBytes = 64 * 1024;
    private const int MinTurns = 9;
    private readonly byte* _end;
    private readonly long _share;
    private byte* _next;

    /// <summary>Prepares to ask for <paramref name="bytes"/> bytes, or the first 64 KiB of them, in <paramref name="turns"/> shares;
    /// at once where there are so few turns that the last would come too late.</summary>
    public MemoryAhead(void* memory, long bytes, long turns)
    {
        bytes = Sse.IsSupported ? Math.Min(bytes, MaxBytes) : 0;
        _next = (byte*)memory;
        _end = _next + bytes;
        _share = turns < MinTurns ? bytes : (bytes / turns / LineBytes + 1) * LineBytes;
    }

    /// <summary>Asks for the next share.</summary>
    public void FetchSome()
    {
        if (_next >= _end)
            return;
        byte* next = _next, stop = next + Math.Min(_share, _end - next);
        for (; next < stop; next += LineBytes)
            Sse.Prefetch1(next);
        _next = next;
    }
}
