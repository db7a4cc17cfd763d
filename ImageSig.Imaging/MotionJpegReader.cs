using System.Buffers;
using System.Buffers.Binary;

namespace ImageSig.Imaging;

/// <summary>Reads JPEG pictures that follow one another in a stream, as cameras send them (MJPEG), and finds the next one behind damage.</summary>
/// <remarks>Whatever stands between pictures (boundaries of HTTP parts, headers, rubbish) is passed over. What is damaged in one picture costs no other but by chance: a segment is only passed over where another marker follows it.
/// Source of the markers: ITU-T T.81, annex B.</remarks>
public sealed class MotionJpegReader : IDisposable
{
    private const int StartOfScan = 0xDA;

    private readonly Stream stream;
    private readonly int maxBytes;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);

    // [start, end) are the bytes at hand; those before position have been looked at.
    private int start, position, end;

    /// <summary>Whether the bytes of a picture are given up as soon as they have been looked at: only what its headers say is wanted.</summary>
    private bool forgets;

    /// <summary>The size that the picture's frame header says, and whether it says that others follow (MPF).</summary>
    private (int Width, int Height) size;
    private bool hasIndex;

    /// <summary>Starts to read; the stream stays the caller's to close.</summary>
    /// <param name="stream">The pictures.</param>
    /// <param name="maxBytes">The longest picture accepted; a longer one is given up and the next one looked for.</param>
    /// <exception cref="ArgumentOutOfRangeException">That is below 1024.</exception>
    public MotionJpegReader(Stream stream, int maxBytes = 64 << 20)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1024);
        (this.stream, this.maxBytes) = (stream, maxBytes);
    }

    /// <summary>Pictures that were begun and not finished.</summary>
    public int Lost { get; private set; }

    /// <summary>The bytes of the next whole picture, valid until the next call.</summary>
    /// <returns>False at the stream's end.</returns>
    public bool TryReadFrame(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        while (FindStart())
        {
            if (FindEnd())
            {
                frame = buffer.AsSpan(start, position - start);
                start = position;
                return true;
            }
            Lost++;
        }
        return false;
    }

    /// <summary>The next picture that can be decoded; null at the stream's end. Others are counted in <see cref="Lost"/>.</summary>
    public Image? Next(DecodeOptions? options = null)
    {
        while (TryReadFrame(out ReadOnlySpan<byte> frame))
        {
            try
            {
                return Image.Decode(frame, options);
            }
            catch (ImageFormatException)
            {
                Lost++;
            }
        }
        return null;
    }

    /// <summary>Whether a file that begins like a JPEG is motion JPEG: a second picture of the same size follows the first at once.</summary>
    /// <param name="path">The file.</param>
    /// <remarks>A camera's pictures that hold others (a preview, a gain map) say so in an index (MPF), or hold them at another size.
    /// Reads no further than the second picture.</remarks>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static bool IsMotionJpeg(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return IsMotionJpeg(file);
    }

    /// <summary>The same of a stream, which is read from where it stands and no further than its second picture.</summary>
    /// <param name="stream">The file from its first byte on.</param>
    public static bool IsMotionJpeg(Stream stream)
    {
        using MotionJpegReader reader = new(stream) { forgets = true };
        if (!reader.MeasuresNext() || reader.hasIndex)
            return false;
        (int Width, int Height) first = reader.size;
        return reader.MeasuresNext() && reader.size == first;
    }

    /// <summary>Goes over the picture that begins here, with nothing in front of it, and finds its size.</summary>
    /// <returns>Whether a whole picture that says its size begins here.</returns>
    private bool MeasuresNext()
    {
        (size, hasIndex) = (default, false);
        if (!Have(3) || buffer.AsSpan(position, 3) is not [0xFF, 0xD8, 0xFF])
            return false;
        position += 2;
        return FindEnd() && size.Width > 0;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        (start, position, end) = (0, 0, 0);
    }

    /// <summary>Looks for a start marker, 0xFF 0xD8, with another marker behind it.</summary>
    private bool FindStart()
    {
        start = position;
        while (Have(3))
        {
            int found = buffer.AsSpan(position, end - position - 2).IndexOf((byte)0xFF);
            position = found < 0 ? end - 2 : position + found;
            start = position;
            if (found < 0)
                continue;
            if (buffer[position + 1] == 0xD8 && buffer[position + 2] == 0xFF)
            {
                position += 2;
                return true;
            }
            start = ++position;
        }
        return false;
    }

    /// <summary>Walks the segments and scans of the picture at <see cref="start"/> to behind its end marker.</summary>
    /// <returns>False where there is none before another picture starts, at the stream's end or beyond the limit.</returns>
    private bool FindEnd()
    {
        bool scan = false;
        while (Have(2))
        {
            if (forgets)
                start = position;
            if (buffer[position] != 0xFF)
            {
                // Between segments there is nothing but markers; in a scan there is everything else.
                if (!scan)
                    return false;
                int found = buffer.AsSpan(position, end - position).IndexOf((byte)0xFF);
                position = found < 0 ? end : position + found;
                continue;
            }
            int marker = buffer[position + 1];
            if (marker == 0xD8)
                return false;
            if (marker == 0xD9)
            {
                position += 2;
                return true;
            }
            if (marker == 0xFF)
            {
                position++;
            }
            else if (marker is (>= 0xD0 and <= 0xD7) or 0 || (scan && !EndsScan(marker)))
            {
                position += 2;
            }
            else
            {
                if (SegmentLength(marker) is not { } length)
                    return false;
                NoteSegment(marker, buffer.AsSpan(position + 4, length - 4));
                position += length;
                scan = marker == StartOfScan;
            }
        }
        return false;
    }

    /// <summary>Whether a marker may stand in a scan's data, and ends it: a table, the number of lines, the next scan, notes. Any other is damage, of which the decoder will tell.</summary>
    private static bool EndsScan(int marker) => marker is 0xC4 or (>= StartOfScan and <= 0xDD) or (>= 0xE0 and <= 0xEF) or 0xFE;

    /// <summary>The bytes of the segment at the position, its marker included; null, behind the marker, where that is damaged: what it says of its length may reach over the pictures that follow.</summary>
    private int? SegmentLength(int marker)
    {
        if (marker >= 0xC0 && Have(4))
        {
            int length = 2 + BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(position + 2));
            bool isWhole = length >= 4 && Have(length + 2) && !HoldsStart(marker, buffer.AsSpan(position + 4, length - 2)) && (marker == StartOfScan
                ? length == 8 + 2 * buffer[position + 4]
                : buffer[position + length] == 0xFF && buffer[position + length + 1] is >= 0xC0 and not (>= 0xD0 and <= 0xD7));
            if (isWhole)
                return length;
        }
        position = Math.Min(position + 2, end);
        return null;
    }

    /// <summary>Whether in a segment, or with its last byte, a picture begins that does not end there, as a preview would: the next one of the stream.</summary>
    /// <param name="marker">Of the segment. Notes (APP0…APP15) may hold anything, such as a part of a preview, but for their last bytes.</param>
    /// <param name="data">Of the segment, and the two bytes that follow.</param>
    private static bool HoldsStart(int marker, ReadOnlySpan<byte> data)
    {
        if (marker is >= 0xE0 and <= 0xEF && data.Length > 4)
            data = data[^4..];
        int start = data.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);
        return start >= 0 && data[start..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < 0;
    }

    private void NoteSegment(int marker, ReadOnlySpan<byte> data)
    {
        hasIndex |= marker == 0xE2 && data.StartsWith("MPF\0"u8);
        bool isFrame = marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
        if (isFrame && data.Length >= 5)
            size = (BinaryPrimitives.ReadUInt16BigEndian(data[3..]), BinaryPrimitives.ReadUInt16BigEndian(data[1..]));
    }

    /// <summary>Makes sure that so many bytes follow the position; false at the stream's end or beyond the limit.</summary>
    private bool Have(int bytes)
    {
        while (end - position < bytes)
        {
            if (position - start + bytes > maxBytes)
                return false;
            if (end == buffer.Length)
                MakeRoom();
            int read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                return false;
            end += read;
        }
        return true;
    }

    /// <summary>Moves what is still needed to the front, into a larger buffer where it fills more than half of this one.</summary>
    private void MakeRoom()
    {
        byte[] from = buffer;
        if (end - start > buffer.Length / 2)
            buffer = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        from.AsSpan(start, end - start).CopyTo(buffer);
        if (buffer != from)
            ArrayPool<byte>.Shared.Return(from);
        (start, position, end) = (0, position - start, end - start);
    }
}
