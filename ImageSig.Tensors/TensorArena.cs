namespace ImageSig.Tensors;

/// <summary>Memory for one step: tensors are taken one after the other and all given back at once by <see cref="Reset"/>.</summary>
/// <remarks>After the first step the arena is one block of the size that step needed (several where an array cannot hold it), and neither memory nor tensor objects are
/// allocated any more. Not thread-safe: one arena per worker.</remarks>
public sealed class TensorArena
{
    private const int Alignment = 16;
    private const int MinChunk = 1 << 14;

    private readonly List<Tensor> tensors = [];
    private readonly List<(float[] Memory, int Origin, int Length)> chunks = [];
    private int tensorCount;
    private int chunk = -1;
    private int used;
    private long usedInEarlierChunks;

    /// <summary>The most bytes that were in use at one time since the arena was made.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Floats of the largest block. A step that takes more stays in several.</summary>
    internal int MaxBlock { get; init; } = Array.MaxLength - 2 * AlignedMemory.Slack;

    /// <summary>Makes the empty arena one block of <paramref name="bytes"/>, so that it need not grow to that size; of more than an array can hold, as many as it can.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bytes are below 0.</exception>
    public void Reserve(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        chunks.Clear();
        AddChunk((int)((Math.Min(bytes, (long)MaxBlock * sizeof(float)) + sizeof(float) - 1) / sizeof(float)));
        Reset();
    }

    /// <summary>A tensor of undefined contents, valid until <see cref="Reset"/>.</summary>
    public Tensor Allocate(Shape shape)
    {
        Tensor tensor = NextTensor();
        (float[] memory, int start) = Take(shape.Count);
        tensor.Repoint(shape, memory, start, Tensor.NoSlot);
        return tensor;
    }

    /// <summary>The numbers of <paramref name="source"/> under another shape, without a copy.</summary>
    internal Tensor View(Tensor source, Shape shape)
    {
        Tensor tensor = NextTensor();
        tensor.RepointTo(source, shape, Tensor.NoSlot);
        return tensor;
    }

    /// <summary>Memory for use inside one operation: [length], undefined contents, 64-byte aligned. Give it back with
    /// <see cref="Release"/> to the mark taken before.</summary>
    internal Span<float> Scratch(int length)
    {
        (float[] memory, int start) = Take(length);
        return memory.AsSpan(start, length);
    }

    /// <summary>The present fill, for <see cref="Release"/>.</summary>
    internal (int Chunk, int Used, long Earlier) Mark() => (chunk, used, usedInEarlierChunks);

    /// <summary>Gives back all memory (not tensors) taken since <paramref name="mark"/>.</summary>
    internal void Release((int Chunk, int Used, long Earlier) mark) => (chunk, used, usedInEarlierChunks) = mark;

    /// <summary>Gives everything back. All tensors from this arena are invalid from here on.</summary>
    public void Reset()
    {
        if (chunks.Count > 1 && PeakBytes / sizeof(float) <= MaxBlock)
        {
            // One block that holds the largest step so far: from now on nothing is allocated.
            chunks.Clear();
            AddChunk((int)(PeakBytes / sizeof(float)));
        }
        tensorCount = 0;
        used = 0;
        usedInEarlierChunks = 0;
        chunk = Math.Min(0, chunks.Count - 1);
    }

    private Tensor NextTensor()
    {
        if (tensorCount == tensors.Count)
            tensors.Add(new Tensor(Shape.Scalar, [], 0));
        return tensors[tensorCount++];
    }

    private (float[] Memory, int Start) Take(int length)
    {
        int rounded = checked((length + Alignment - 1) / Alignment * Alignment);
        while (chunk < 0 || rounded > chunks[chunk].Length - used)
        {
            if (chunk >= 0)
                usedInEarlierChunks += used;
            chunk++;
            used = 0;
            if (chunk == chunks.Count)
                AddChunk(Math.Max(Math.Max(rounded, MinChunk), chunk > 0 ? chunks[chunk - 1].Length : 0));
        }
        (float[] memory, int origin, _) = chunks[chunk];
        int start = origin + used;
        used += rounded;
        PeakBytes = Math.Max(PeakBytes, (usedInEarlierChunks + used) * sizeof(float));
        return (memory, start);
    }

    private void AddChunk(int length) => chunks.Add((AlignedMemory.Allocate(length, out int origin), origin, length));
}
