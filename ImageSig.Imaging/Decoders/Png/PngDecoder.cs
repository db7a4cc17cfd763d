namespace ImageSig.Imaging.Decoders;

/// <summary>Reads PNG: every color type and depth, interlaced or not. Damage to anything that concerns a pixel is refused.</summary>
/// <remarks>A chunk that may be left out is left out where its checksum is wrong. The checksum inside the compressed pixels is not looked at: the chunks' own cover
/// the same bytes. Source: Portable Network Graphics specification (third edition), W3C.</remarks>
internal static class PngDecoder
{
    /// <summary>Deflate cannot expand by more than this, so a file's length bounds the picture it can hold.</summary>
    private const int MaxExpansion = 1032;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Decodes a whole file.</summary>
    public static Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => RowDecoding.Whole(file, options, Decode);

    /// <summary>Decodes a file row by row.</summary>
    public static void Decode(ByteSource file, DecodeOptions options, RowTarget target)
    {
        PngFile png = Read(file, options);
        long needed = PngPass.Of(png.Header).Sum(pass => pass.Bytes(png.Header));
        if (needed > png.Compressed * MaxExpansion)
            throw new ImageFormatException($"PNG: {png.Header.Width}x{png.Header.Height} pixels cannot be held in {png.Compressed} compressed bytes; the file is cut short or damaged.");
        target.Irregularity = png.Notes.Irregularity;
        int orientation = options.ApplyOrientation ? png.Notes.Orientation ?? 1 : 1;
        target.Begin(png.Header.Width, png.Header.Height, orientation);
        try
        {
            if (png.Header.Interlaced && target is not WholePicture)
            {
                using PngInterlace interlace = new(png, file, options);
                interlace.Read(target);
                return;
            }
            using PngRows rows = new(png.Header, file, png.FirstData, needed, options.CancellationToken);
            // A picture that is kept takes the passes one after the other, which is less work.
            if (target is WholePicture whole && png.Header.Interlaced)
                ReadPasses(png, rows, whole, options);
            else
                ReadRows(png, rows, target, options);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw new ImageFormatException("PNG: the compressed pixels are damaged; copy the file again.", failure);
        }
    }

    /// <summary>Reads what a file says about itself.</summary>
    public static ImageInfo Describe(ReadOnlySpan<byte> file, DecodeOptions options) => RowDecoding.Describe(file, options, Describe);

    /// <summary>Reads what a file says about itself.</summary>
    public static ImageInfo Describe(ByteSource file, DecodeOptions options)
    {
        PngChunks chunks = First(file);
        PngHeader header = PngHeader.Read(chunks.Data, options);
        PngNotes notes = new();
        while (notes.Orientation is null && chunks.TryNext())
            if (chunks.Is("eXIf"u8) && IsIntact(chunks, notes))
                notes.Read(chunks);
        string color = header.Color switch
        {
            PngColor.Gray => "gray",
            PngColor.Palette => "palette",
            PngColor.GrayAlpha => "gray with alpha",
            PngColor.RgbAlpha => "RGB with alpha",
            _ => "RGB",
        };
        return new(ImageFormat.Png, header.Width, header.Height, header.BitDepth, color) { Progressive = header.Interlaced, Orientation = notes.Orientation ?? 1 };
    }

    /// <summary>Goes to the header, which must be the first chunk.</summary>
    private static PngChunks First(ByteSource file)
    {
        if (!file.Look(0, Signature.Length).StartsWith(Signature))
            throw new ImageFormatException("PNG: the eight bytes of the signature are damaged or cut short; copy the file again, as binary.");
        PngChunks chunks = new(file, Signature.Length);
        if (!chunks.TryNext())
            throw CutShort(file);
        IsIntact(chunks, new());
        return chunks.Is("IHDR"u8) ? chunks : throw new ImageFormatException("PNG: the first chunk is not the header; the file is damaged.");
    }

    /// <summary>Walks the chunks and checks each.</summary>
    private static PngFile Read(ByteSource file, DecodeOptions options)
    {
        PngChunks chunks = First(file);
        PngHeader header = PngHeader.Read(chunks.Data, options);
        PngPixels pixels = new(header);
        PngNotes notes = new();
        long firstData = 0;
        long compressed = 0;
        while (true)
        {
            if (!chunks.TryNext())
                throw CutShort(file);
            if (!IsIntact(chunks, notes))
                continue;
            if (chunks.Is("IDAT"u8))
            {
                firstData = firstData == 0 ? chunks.Start : firstData;
                compressed += chunks.Length;
            }
            else if (chunks.Is("PLTE"u8))
            {
                pixels.SetPalette(chunks.Data);
            }
            else if (chunks.Is("tRNS"u8))
            {
                pixels.SetTransparency(chunks.Data);
            }
            else if (chunks.Is("IEND"u8))
            {
                pixels.Complete();
                return new(header, pixels, notes, firstData, compressed);
            }
            else if (chunks.IsAncillary)
            {
                notes.Read(chunks);
            }
            else
            {
                throw new ImageFormatException($"PNG: chunk {chunks.Name} is needed to read this file and is not known; save the picture as a plain PNG.");
            }
        }
    }

    /// <summary>Whether a chunk's checksum is right; one that pixels need is refused otherwise.</summary>
    private static bool IsIntact(PngChunks chunks, PngNotes notes)
    {
        (uint stored, uint computed) = chunks.Checksums();
        if (stored == computed)
            return true;
        if (!chunks.IsAncillary)
            throw new ImageFormatException($"PNG: the checksum of chunk {chunks.Name} is {stored:x8}, its bytes give {computed:x8}; the file is damaged, copy it again.");
        notes.Irregularity ??= $"the checksum of chunk {chunks.Name} is wrong, and the chunk left out";
        return false;
    }

    private static void ReadRows(PngFile png, PngRows rows, RowTarget target, DecodeOptions options)
    {
        (int width, int height) = (png.Header.Width, png.Header.Height);
        rows.Begin(PngPass.Of(png.Header)[0]);
        if (width <= RowTarget.LongestPiece)
        {
            ReadWholeRows(png, rows, target, options);
            return;
        }
        for (int y = 0; y < height; y++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            rows.NextRow();
            for (int x = 0; x < width; x += RowTarget.LongestPiece)
            {
                int count = Math.Min(RowTarget.LongestPiece, width - x);
                png.Pixels.Convert(rows.NextPiece(count), count, target.Row(y, x, count), 3);
                rows.EndPiece(count);
                target.Take(y, x, count);
            }
        }
    }

    private static void ReadWholeRows(PngFile png, PngRows rows, RowTarget target, DecodeOptions options)
    {
        (int width, int height) = (png.Header.Width, png.Header.Height);
        int atOnce = target.RowsAtOnce;
        for (int y = 0; y < height; y += atOnce)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(atOnce, height - y);
            Span<byte> pixels = target.Row(y, 0, width, count);
            for (int i = 0; i < count; i++)
                png.Pixels.Convert(rows.NextWhole(), width, pixels[(3 * i * width)..], 3);
            target.Take(y, 0, width, count);
        }
    }

    private static void ReadPasses(PngFile png, PngRows rows, WholePicture picture, DecodeOptions options)
    {
        foreach (PngPass pass in PngPass.Of(png.Header))
        {
            if (pass.Width == 0)
                continue;
            rows.Begin(pass);
            for (int y = 0; y < pass.Height; y++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                rows.NextRow();
                Span<byte> row = picture.Row(pass.Top + y * pass.StepDown, 0, png.Header.Width);
                for (int x = 0; x < pass.Width; x += RowTarget.LongestPiece)
                {
                    int count = Math.Min(RowTarget.LongestPiece, pass.Width - x);
                    png.Pixels.Convert(rows.NextPiece(count), count, row[(3 * (pass.Left + x * pass.StepRight))..], 3 * pass.StepRight);
                    rows.EndPiece(count);
                }
            }
        }
    }

    private static ImageFormatException CutShort(ByteSource file) =>
        new($"PNG: the file ends after {file.Length} bytes in the middle of a chunk or without its end chunk; it is cut short, copy it again.");
}
