namespace ImageSig.Imaging.Decoders;

/// <summary>The entropy-coded bytes between two markers, a window at a time, without the zeros stuffed in behind each 0xFF.</summary>
internal sealed class JpegWindow
{
    /// <summary>More bytes than a unit of ten blocks can take, at 31 bits a coefficient: where so many are at hand, none is missing.</summary>
    private const int LongestUnit = 4096;

    /// <summary>Zeros put behind the last byte: more than the bits of one block can reach into before the overrun is noticed.</summary>
    public const int Padding = 512;

    /// <summary>The bits at hand were read from up to so many bytes before the next.</summary>
    private const int Ahead = 8;

    private ByteSource? file;
    private Memory<byte> memory;

    /// <summary>The bytes at hand, and <see cref="Padding"/> zeros.</summary>
    public Span<byte> Bytes => memory.Span;

    /// <summary>How many bytes are at hand, padding apart.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the marker, or the file's end, stands behind them.</summary>
    public bool Ended { get; private set; }

    /// <summary>Where the next byte stands in the file; once it has ended, the marker's 0xFF or the file's end.</summary>
    public long Position { get; set; }

    /// <summary>Says out of which file, and where the bytes at hand are to be.</summary>
    public void Open(ByteSource source, long position, Memory<byte> room) => (file, Position, memory, Length) = (source, position, room, 0);

    /// <summary>Forgets file and memory.</summary>
    public void Close() => (file, memory) = (null, default);

    /// <summary>Begins with the byte at <see cref="Position"/>.</summary>
    public void Begin() => Keep(Length);

    /// <summary>From where on more bytes have to be brought in before another unit is decoded.</summary>
    /// <param name="start">Where <see cref="Bytes"/> are.</param>
    public unsafe byte* End(byte* start) => Ended ? (byte*)nuint.MaxValue : start + Length - LongestUnit;

    /// <summary>Brings more bytes in.</summary>
    /// <param name="bits">The place in the bytes; follows them.</param>
    /// <param name="start">Where <see cref="Bytes"/> are.</param>
    /// <returns>The new <see cref="End"/>.</returns>
    public unsafe byte* Refill(ref JpegBits bits, byte* start)
    {
        int from = Math.Max(0, (int)(bits.Next - start) - Ahead);
        Keep(from);
        bits.Next -= from;
        return End(start);
    }

    /// <summary>Goes to the marker.</summary>
    /// <param name="taken">How many of the bytes at hand were taken.</param>
    /// <returns>How many bytes were passed over; 0 where they are padding: zeros, as some cameras write them, or ones.</returns>
    public long PassOver(long taken)
    {
        long count = 0;
        bool padding = true;
        for (int from = (int)Math.Min(taken, Length); ; from = 0)
        {
            ReadOnlySpan<byte> rest = Bytes[from..Length];
            count += rest.Length;
            padding &= !rest.ContainsAnyExcept((byte)0, (byte)0xFF);
            if (Ended)
                return padding ? 0 : count;
            Begin();
        }
    }

    private void Keep(int from)
    {
        Span<byte> bytes = Bytes;
        bytes[from..Length].CopyTo(bytes);
        (Length, Ended) = (Length - from, false);
        int room = bytes.Length - Padding;
        while (Length < room && !Ended)
            Take(file!.Look(Position, 2), bytes[..room]);
        bytes.Slice(Length, Padding).Clear();
    }

    /// <summary>Takes the bytes up to the next 0xFF, and that where it is one of them.</summary>
    private void Take(ReadOnlySpan<byte> seen, Span<byte> bytes)
    {
        int run = seen.IndexOf((byte)0xFF);
        int count = Math.Min(run < 0 ? seen.Length : run, bytes.Length - Length);
        seen[..count].CopyTo(bytes[Length..]);
        Length += count;
        Position += count;
        seen = seen[count..];
        // Of what is not seen to its end here, the rest is looked at again.
        if (Length == bytes.Length || (count > 0 && seen.Length < 2))
            return;
        if (seen.Length < 2)
        {
            Position += seen.Length;
            Ended = true;
        }
        else if (seen[1] == 0)
        {
            bytes[Length++] = 0xFF;
            Position += 2;
        }
        else if (seen[1] == 0xFF)
        {
            // Fill bytes; the last of them may begin the marker.
            int fill = seen.IndexOfAnyExcept((byte)0xFF);
            Position += (fill < 0 ? seen.Length : fill) - 1;
        }
        else
        {
            Ended = true;
        }
    }
}
