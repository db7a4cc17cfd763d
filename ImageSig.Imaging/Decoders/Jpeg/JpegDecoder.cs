using System.Buffers;

namespace ImageSig.Imaging.Decoders;

/// <summary>Reads JPEG: baseline, extended and progressive Huffman. Pixel for pixel what libjpeg-turbo gives with its accurate integer DCT.</summary>
/// <remarks>A decoder serves one file at a time and is used again: each thread keeps one, so that after the first file only the result is allocated.
/// Its inner loops are compiled at full optimization at once: most programs decode too few pictures for the compiler to notice that they are hot.
/// Source: ITU-T T.81 (the format), T.871 (JFIF: color).</remarks>
internal sealed partial class JpegDecoder
{
    [ThreadStatic]
    private static JpegDecoder? spare;

    // Those that have a number, and all.
    private readonly JpegHuffmanTable[] dcTables = new JpegHuffmanTable[4], acTables = new JpegHuffmanTable[4];
    private readonly List<JpegHuffmanTable> tables = [];
    private int tablesTaken;
    private readonly short[][] factors = [new short[64], new short[64], new short[64], new short[64]];
    private readonly bool[] factorsDefined = new bool[4];
    private readonly JpegComponent[] components = [new(), new(), new(), new()];

    /// <summary>Scans and tables that a thread's decoder keeps for the next file: those of a usual progressive one.</summary>
    private const int KeptScans = 16, KeptTables = 32;

    private DecodeOptions options = DecodeOptions.Default;
    private int width, height, componentCount;
    private int scale, outWidth, outHeight;
    private int largestAcross, largestDown;
    private int mcusAcross, mcusDown;
    private bool progressive;
    private int restartInterval;
    private bool jfif, adobe;
    private int adobeTransform;
    private int? exif;
    private string? damage, irregularity, rejected;

    /// <summary>Whether there are scans of detail that is not wanted; whether they are read all the same, since the picture's end leaves it open that they were cut.</summary>
    private bool passedOver, thorough;
    private JpegWork work;
    private RowTarget? target;

    /// <summary>Decodes a whole file.</summary>
    public static Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => RowDecoding.Whole(file, options, Decode);

    /// <summary>Decodes a file row by row.</summary>
    public static void Decode(ByteSource file, DecodeOptions options, RowTarget target) => Run(file, options, target, JpegWork.Picture);

    /// <summary>Does only a part of the work, to find out what each part costs.</summary>
    public static void Work(ReadOnlySpan<byte> file, DecodeOptions options, JpegWork work) => RowDecoding.With(file, bytes =>
    {
        Run(bytes, options, null, work);
        return true;
    });

    /// <summary>Reads what a file says about itself, up to its first scan.</summary>
    public static ImageInfo Describe(ReadOnlySpan<byte> file, DecodeOptions options) => RowDecoding.Describe(file, options, Describe);

    /// <summary>Reads what a file says about itself, up to its first scan.</summary>
    public static ImageInfo Describe(ByteSource file, DecodeOptions options)
    {
        JpegDecoder decoder = new();
        decoder.Reset(options);
        decoder.work = JpegWork.Header;
        decoder.ReadMarkers(file);
        return new(ImageFormat.Jpeg, decoder.width, decoder.height, 8, decoder.ColorName())
        {
            Sampling = decoder.componentCount == 1 ? null : decoder.SamplingName(),
            Progressive = decoder.progressive,
            Orientation = decoder.exif ?? 1,
        };
    }

    private static void Run(ByteSource file, DecodeOptions options, RowTarget? target, JpegWork work)
    {
        JpegDecoder decoder = spare ?? new();
        spare = null;
        try
        {
            decoder.Reset(options);
            (decoder.target, decoder.work) = (target, work);
            decoder.Run(file);
        }
        finally
        {
            decoder.Release();
            spare = decoder;
        }
    }

    /// <summary>How the camera's note says to turn the picture, 1…8.</summary>
    private int Turn => options.ApplyOrientation ? exif ?? 1 : 1;

    private void Run(ByteSource file)
    {
        ReadMarkers(file);
        thorough = passedOver && (!complete || ending != 0xD9);
        if (target is not null)
            BeginRows(target);
        DecodeScans(file);
        Conclude(file);
        if (target is not null)
            (target.Damage, target.Irregularity) = (damage, irregularity);
    }

    private void Reset(DecodeOptions decodeOptions)
    {
        options = decodeOptions;
        (width, height, componentCount) = (0, 0, 0);
        (progressive, restartInterval) = (false, 0);
        (jfif, adobe, adobeTransform, exif) = (false, false, 0, null);
        (damage, irregularity, rejected) = (null, null, null);
        (scanCount, headers, tablesTaken) = (0, 0, 0);
        (passedOver, thorough) = (false, false);
        (written, visited) = (0, 0);
        Array.Clear(factorsDefined);
        foreach (ref JpegHuffmanTable table in dcTables.AsSpan())
            table = SpareTable();
        foreach (ref JpegHuffmanTable table in acTables.AsSpan())
            table = SpareTable();
        foreach (JpegComponent component in components)
            component.Seen = false;
    }

    /// <summary>Gives every rented buffer back, and what only a file of very many scans needs.</summary>
    private void Release()
    {
        foreach (JpegComponent component in components)
        {
            ArrayPool<byte>.Shared.Return(component.Plane);
            ArrayPool<short>.Shared.Return(component.Coefficients);
            ArrayPool<ulong>.Shared.Return(component.Present);
            (component.Plane, component.Coefficients, component.Present) = ([], [], []);
        }
        foreach (JpegScan one in scans)
            one.Window.Close();
        if (scans.Count > KeptScans)
            scans.RemoveRange(KeptScans, scans.Count - KeptScans);
        if (tables.Count > KeptTables)
            tables.RemoveRange(KeptTables, tables.Count - KeptTables);
        ArrayPool<byte>.Shared.Return(windows);
        ArrayPool<byte>.Shared.Return(rowBuffer);
        (windows, rowBuffer, target) = ([], [], null);
        options = DecodeOptions.Default;
    }

    /// <summary>Notes what is not as it should be and concerns no pixel.</summary>
    private void Note(string what) => irregularity ??= what;

    /// <summary>Notes that blocks are lost and others left to show; ends the decode where that is not wanted.</summary>
    private void Damaged(string what)
    {
        RefuseIfStrict(what);
        damage ??= what;
    }

    private void RefuseIfStrict(string what)
    {
        if (options.Strict)
            throw new ImageFormatException($"JPEG: {what}; copy the file again.");
    }
}
