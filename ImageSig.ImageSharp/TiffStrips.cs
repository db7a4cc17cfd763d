using ImageSig.Imaging;

namespace ImageSig.ImageSharp;

/// <summary>What a TIFF says of the strips of its first picture, and ImageSharp believes: how many rows and bytes one has, which cost memory and time, and that it is a JPEG, which may be the TIFF
/// itself, and that would be read within itself until the stack is full.</summary>
/// <remarks>Source: TIFF 6.0, sections 2, 8 and 22; for files beyond 4 GB, the BigTIFF proposal of libtiff, whose entries are of 20 bytes in place of 12.</remarks>
internal static class TiffStrips
{
    private const int HeightTag = 257, CompressionTag = 259, OffsetsTag = 273, RowsTag = 278, LengthsTag = 279;

    /// <summary>Of <see cref="CompressionTag"/>: strips that are JPEGs.</summary>
    private const ulong Jpeg = 7;

    /// <summary>The file, or where a strip is said to have more rows than the picture, or more bytes than the file, a copy that says as many as there are.</summary>
    /// <param name="file">Any bytes; those that are no TIFF come back as they are.</param>
    /// <exception cref="ImageFormatException">Strips are said to be JPEGs, and one is not.</exception>
    public static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> file)
    {
        Entries entries = new(file);
        ulong height = ulong.MaxValue;
        for (int i = 0; i < entries.Count; i++)
            if (entries.Tag(file, i) == HeightTag)
                height = Math.Min(height, entries.Number(file, i));
        byte[]? copy = null;
        // Numbers of entries that share their places could be looked at without end.
        long left = file.Length;
        for (int i = 0; i < entries.Count; i++)
        {
            ulong tag = entries.Tag(file, i), most = tag == RowsTag ? height : (ulong)file.Length;
            if (tag is not (RowsTag or LengthsTag))
                continue;
            // Of what is said in several numbers, which stand elsewhere, those of bytes count. A number alone is where it is whatever is said of how many there are.
            (int at, int values) = tag == LengthsTag && entries.Values(file, i) is { } several ? several : (entries.Place(i), 1);
            Take(ref left, values);
            int bytes = entries.Bytes(file, i);
            for (int place = at; place < at + values * bytes; place += bytes)
            {
                ulong said = entries.Read(file, place, bytes);
                // The number that is said where nothing else is: all rows, to ImageSharp as well.
                if (said <= most || (tag == RowsTag && bytes == sizeof(uint) && said == uint.MaxValue))
                    continue;
                entries.Write(copy ??= file.ToArray(), place, bytes, most);
            }
        }
        ReadOnlySpan<byte> mended = copy ?? file;
        // Of what will be read: numbers may overlap.
        RequireJpegs(mended, new Entries(mended));
        return mended;
    }

    private static void RequireJpegs(ReadOnlySpan<byte> file, Entries entries)
    {
        bool isJpeg = false;
        long left = file.Length;
        for (int i = 0; i < entries.Count; i++)
            if (entries.Tag(file, i) == CompressionTag)
                foreach (int bytes in (ReadOnlySpan<int>)[1, 2, 4, 8])
                    isJpeg |= entries.Read(file, entries.Place(i), bytes) == Jpeg;
        for (int i = 0; isJpeg && i < entries.Count; i++)
            if (entries.Tag(file, i) == OffsetsTag && !AreJpegs(file, entries, i, ref left))
                throw new ImageFormatException("TIFF: its strips are said to be JPEGs, and are none; the file is damaged.");
    }

    private static void Take(ref long left, int values)
    {
        if ((left -= values) < 0)
            throw new ImageFormatException("TIFF: its entries say more than the file holds; the file is damaged.");
    }

    /// <summary>Whether a JPEG begins at each place of an entry.</summary>
    private static bool AreJpegs(ReadOnlySpan<byte> file, Entries entries, int entry, ref long left)
    {
        if (entries.Values(file, entry) is not (int at, int values))
            return false;
        Take(ref left, values);
        int bytes = entries.Bytes(file, entry);
        for (int i = 0; i < values; i++)
        {
            ulong place = entries.Read(file, at + i * bytes, bytes);
            if (place > (ulong)file.Length || !file[(int)place..].StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
                return false;
        }
        return values > 0;
    }

    /// <summary>The entries of the first directory: a tag, a type, how many values, and these or where they stand.</summary>
    private readonly struct Entries
    {
        private readonly bool isLittle;
        private readonly int word, first, length;

        public Entries(ReadOnlySpan<byte> file)
        {
            isLittle = file.StartsWith("II"u8);
            bool isBig = Read(file, 2, 2) == 43;
            word = isBig ? 8 : 4;
            length = 4 + 2 * word;
            int countLength = isBig ? 8 : 2;
            ulong directory = Read(file, isBig ? 8 : 4, word);
            if (directory > (ulong)file.Length)
                return;
            first = (int)directory + countLength;
            Count = (int)Math.Min(Read(file, (int)directory, countLength), (ulong)Math.Max(0, file.Length - first) / (ulong)length);
        }

        public int Count { get; }

        public ulong Tag(ReadOnlySpan<byte> file, int entry) => Read(file, first + entry * length, 2);

        /// <summary>Where the value stands, or where it is said to stand.</summary>
        public int Place(int entry) => first + entry * length + 4 + word;

        /// <summary>How long a number of the entry is: 16, 32 or 64 bits, signed or not; 0 of other types.</summary>
        public int Bytes(ReadOnlySpan<byte> file, int entry) => Read(file, first + entry * length + 2, 2) switch
        {
            3 or 8 => 2,
            4 or 9 => 4,
            16 or 17 => 8,
            _ => 0,
        };

        /// <summary>The number of an entry that has one.</summary>
        public ulong Number(ReadOnlySpan<byte> file, int entry) => Read(file, Place(entry), Bytes(file, entry));

        /// <summary>Where the values of an entry begin, and how many there are; null where not all of them are in the file.</summary>
        public (int At, int Count)? Values(ReadOnlySpan<byte> file, int entry)
        {
            int bytes = Bytes(file, entry);
            ulong count = Read(file, Place(entry) - word, word);
            if (bytes == 0 || count > (ulong)(file.Length / bytes))
                return null;
            ulong at = count * (ulong)bytes <= (ulong)word ? (ulong)Place(entry) : Read(file, Place(entry), word);
            return at <= (ulong)file.Length - count * (ulong)bytes ? ((int)at, (int)count) : null;
        }

        /// <summary>A number of so many bytes, without a sign; 0 behind the end.</summary>
        public ulong Read(ReadOnlySpan<byte> file, int place, int bytes)
        {
            if (place > file.Length - bytes)
                return 0;
            ulong value = 0;
            for (int i = 0; i < bytes; i++)
                value |= (ulong)file[place + (isLittle ? i : bytes - 1 - i)] << (8 * i);
            return value;
        }

        public void Write(Span<byte> file, int place, int bytes, ulong value)
        {
            for (int i = 0; i < bytes; i++)
                file[place + (isLittle ? i : bytes - 1 - i)] = (byte)(value >> (8 * i));
        }
    }
}
