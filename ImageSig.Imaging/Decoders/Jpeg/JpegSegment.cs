namespace ImageSig.Imaging.Decoders;

/// <summary>The entropy-coded bytes between two markers.</summary>
internal static class JpegSegment
{
    /// <summary>Zeros put behind a segment: more than the bits of one block can reach into before the overrun is noticed.</summary>
    public const int Padding = 512;

    /// <summary>Copies the bytes up to the next marker, without the zeros stuffed in behind each 0xFF, and pads them with zeros.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="position">Where the segment starts; afterwards the marker's 0xFF, or the file's end.</param>
    /// <param name="target">At least as long as what is left of the file, and <see cref="Padding"/> more.</param>
    /// <returns>The number of bytes copied, padding apart.</returns>
    public static int Unstuff(ReadOnlySpan<byte> file, ref int position, Span<byte> target)
    {
        int length = 0;
        while (position < file.Length)
        {
            ReadOnlySpan<byte> rest = file[position..];
            int run = rest.IndexOf((byte)0xFF);
            if (run < 0)
                run = rest.Length;
            rest[..run].CopyTo(target[length..]);
            length += run;
            position += run;
            if (run + 1 >= rest.Length)
            {
                position = file.Length;
                break;
            }
            byte after = rest[run + 1];
            if (after == 0)
            {
                target[length++] = 0xFF;
                position += 2;
            }
            else if (after == 0xFF)
            {
                position++;
            }
            else
            {
                break;
            }
        }
        target.Slice(length, Padding).Clear();
        return length;
    }
}
