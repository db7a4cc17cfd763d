using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace ImageSig.Imaging.Decoders;

/// <summary>The bytes of an image file, in memory or on the disk, read wherever a decoder is.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>How many bytes a decoder may ask to see at once.</summary>
    public const int LongestLook = 1 << 16;

    /// <summary>Bytes of the file.</summary>
    public abstract long Length { get; }

    /// <summary>The bytes from <paramref name="at"/> on, valid until the next call: at least <paramref name="count"/>, or all up to the file's end.</summary>
    public abstract ReadOnlySpan<byte> Look(long at, int count = LongestLook);

    /// <summary>Copies bytes; fewer only at the file's end.</summary>
    /// <returns>How many.</returns>
    public int Read(long at, Span<byte> target)
    {
        int done = 0;
        while (done < target.Length)
        {
            ReadOnlySpan<byte> seen = Look(at + done, Math.Min(LongestLook, target.Length - done));
            if (seen.IsEmpty)
                break;
            int count = Math.Min(seen.Length, target.Length - done);
            seen[..count].CopyTo(target[done..]);
            done += count;
        }
        return done;
    }

    /// <summary>The same bytes for a second reader, who is elsewhere in them. To be disposed before this one.</summary>
    public abstract ByteSource Another();

    /// <summary>Gives back what is rented.</summary>
    public abstract void Dispose();
}

/// <summary>A file in memory that stays where it is meanwhile.</summary>
internal sealed unsafe class MemoryBytes : ByteSource
{
    private byte* start;
    private int length;

    /// <summary>Says which bytes; they must stay where they are.</summary>
    public void Set(byte* first, int count)
    {
        start = first;
        length = count;
    }

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Look(long at, int count = LongestLook) => at >= length ? [] : new(start + at, (int)(length - at));

    /// <inheritdoc/>
    public override ByteSource Another() => this;

    /// <inheritdoc/>
    public override void Dispose() { }
}

/// <summary>A file on the disk, of which a small window is in memory.</summary>
internal sealed class FileBytes(SafeFileHandle file) : ByteSource
{
    private const int Window = 2 * LongestLook;
    private byte[] window = ArrayPool<byte>.Shared.Rent(Window);
    private long start;
    private int filled;

    /// <inheritdoc/>
    public override long Length { get; } = RandomAccess.GetLength(file);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Look(long at, int count = LongestLook)
    {
        count = (int)Math.Clamp(Length - at, 0, count);
        if (at < start || at + count > start + filled)
            Fill(at);
        int offset = (int)(at - start);
        return window.AsSpan(offset, Math.Max(0, filled - offset));
    }

    /// <inheritdoc/>
    public override ByteSource Another() => new FileBytes(file);

    private void Fill(long at)
    {
        (start, filled) = (at, 0);
        while (filled < Window && at + filled < Length)
        {
            int read = RandomAccess.Read(file, window.AsSpan(filled, Window - filled), at + filled);
            if (read == 0)
                break;
            filled += read;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        ArrayPool<byte>.Shared.Return(window);
        window = [];
    }
}
