namespace ImageSig.ImageSharp;

/// <summary>How many rows a TIFF says that a strip has. More than the picture has mean all of them, but ImageSharp takes memory for as many as are said.</summary>
/// <remarks>Source: TIFF 6.0, sections 2 and 8; for files beyond 4 GB, the BigTIFF proposal of libtiff, whose entries are of 20 bytes in place of 12.</remarks>
internal static class TiffStrips
{
    private const int HeightTag = 257, RowsPerStripTag = 278;

    /// <summary>The file, or where a strip of its first picture is said to have more rows than that picture a copy that says as many as it has.</summary>
    /// <param name="file">Any bytes; those that are no TIFF come back as they are.</param>
    public static ReadOnlySpan<byte> Bounded(ReadOnlySpan<byte> file)
    {
        bool isLittle = file.StartsWith("II"u8), isBig = Read(file, 2, 2, isLittle) == 43;
        int word = isBig ? 8 : 4, length = 4 + 2 * word, countLength = isBig ? 8 : 2;
        ulong directory = Read(file, isBig ? 8 : 4, word, isLittle);
        if (directory > (ulong)file.Length)
            return file;
        int first = (int)directory + countLength, count = (int)Math.Min(Read(file, (int)directory, countLength, isLittle), (ulong)Math.Max(0, file.Length - first) / (ulong)length);
        ulong height = ulong.MaxValue;
        for (int entry = first; entry < first + count * length; entry += length)
            if (Read(file, entry, 2, isLittle) == HeightTag)
                height = Math.Min(height, Read(file, entry + 4 + word, BytesOf(file, entry, isLittle), isLittle));
        byte[]? copy = null;
        for (int entry = first; entry < first + count * length; entry += length)
        {
            int bytes = BytesOf(file, entry, isLittle), place = entry + 4 + word;
            ulong rows = Read(file, entry, 2, isLittle) == RowsPerStripTag ? Read(file, place, bytes, isLittle) : 0;
            // The number that is said where nothing else is: all rows, to ImageSharp as well.
            if (rows <= height || (bytes == sizeof(uint) && rows == uint.MaxValue))
                continue;
            copy ??= file.ToArray();
            for (int i = 0; i < bytes; i++)
                copy[place + (isLittle ? i : bytes - 1 - i)] = (byte)(height >> (8 * i));
        }
        return copy ?? file;
    }

    /// <summary>How long the number of an entry is: 16, 32 or 64 bits, signed or not; 0 of other types.</summary>
    private static int BytesOf(ReadOnlySpan<byte> file, int entry, bool isLittle) => Read(file, entry + 2, 2, isLittle) switch
    {
        3 or 8 => 2,
        4 or 9 => 4,
        16 or 17 => 8,
        _ => 0,
    };

    /// <summary>A number of so many bytes, without a sign; 0 behind the end.</summary>
    private static ulong Read(ReadOnlySpan<byte> file, int place, int bytes, bool isLittle)
    {
        if (place > file.Length - bytes)
            return 0;
        ulong value = 0;
        for (int i = 0; i < bytes; i++)
            value |= (ulong)file[place + (isLittle ? i : bytes - 1 - i)] << (8 * i);
        return value;
    }
}
