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

    private readonly JpegHuffmanTable[] dcTables = [new(), new(), new(), new()];
    private readonly JpegHuffmanTable[] acTables = [new(), new(), new(), new()];
    private readonly short[][] factors = [new short[64], new short[64], new short[64], new short[64]];
    private readonly bool[] factorsDefined = new bool[4];
    private readonly JpegComponent[] components = [new(), new(), new(), new()];
    private readonly JpegComponent[] scanComponents = new JpegComponent[4];

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
    private int scans;
    private string? damage, irregularity, rejected;

    /// <summary>Whether scans of detail that is not wanted were passed over; whether the picture's end leaves it open that they were cut; and whether, for that,
    /// all are read.</summary>
    private bool passedOver, unverified, thorough;
    private JpegWork work;
    private RowTarget? target;
    private readonly WholePicture whole = new();
    private byte[] segment = [];

    /// <summary>Decodes a whole file.</summary>
    public static Image Decode(ReadOnlySpan<byte> file, DecodeOptions options) => Decode(file, options, null)!;

    /// <summary>Decodes a whole file into a target, by default a whole picture: as it is read, where all components come in one scan.</summary>
    /// <returns>The whole picture, where no target was given.</returns>
    public static Image? Decode(ReadOnlySpan<byte> file, DecodeOptions options, RowTarget? target)
    {
        JpegDecoder decoder = spare ?? new();
        spare = null;
        try
        {
            decoder.Run(file, options, target ?? decoder.whole);
            return target is null ? decoder.whole.Finish() : null;
        }
        finally
        {
            decoder.whole.Clear();
            decoder.Release();
            spare = decoder;
        }
    }

    /// <summary>Reads what a file says about itself, up to its first scan.</summary>
    public static ImageInfo Describe(ReadOnlySpan<byte> file, DecodeOptions options)
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

    /// <summary>Does only a part of the work, to find out what each part costs.</summary>
    public static void Work(ReadOnlySpan<byte> file, DecodeOptions options, JpegWork work)
    {
        JpegDecoder decoder = spare ?? new();
        spare = null;
        try
        {
            decoder.Reset(options);
            decoder.work = work;
            decoder.ReadMarkers(file);
            if (decoder.progressive && work == JpegWork.Samples)
                decoder.TransformAll();
        }
        finally
        {
            decoder.Release();
            spare = decoder;
        }
    }

    /// <summary>How the camera's note says to turn the picture, 1…8.</summary>
    private int Turn => options.ApplyOrientation ? exif ?? 1 : 1;

    private void Run(ReadOnlySpan<byte> file, DecodeOptions decodeOptions, RowTarget rowTarget)
    {
        Reset(decodeOptions);
        target = rowTarget;
        ReadMarkers(file);
        if (unverified)
        {
            Release();
            Reset(decodeOptions);
            (target, thorough) = (rowTarget, true);
            ReadMarkers(file);
        }
        WriteRest(rowTarget);
        (rowTarget.Damage, rowTarget.Irregularity) = (damage, irregularity);
    }

    private void Reset(DecodeOptions decodeOptions)
    {
        options = decodeOptions;
        (width, height, componentCount) = (0, 0, 0);
        (progressive, restartInterval) = (false, 0);
        (jfif, adobe, adobeTransform, exif) = (false, false, 0, null);
        (damage, irregularity, rejected) = (null, null, null);
        (passedOver, unverified, thorough) = (false, false, false);
        (ringMask, written, visited) = (-1, -1, 0);
        work = JpegWork.Picture;
        Array.Clear(factorsDefined);
        foreach (JpegHuffmanTable table in dcTables)
            table.Defined = false;
        foreach (JpegHuffmanTable table in acTables)
            table.Defined = false;
        foreach (JpegComponent component in components)
            component.Seen = false;
    }

    /// <summary>Gives every rented buffer back.</summary>
    private void Release()
    {
        foreach (JpegComponent component in components)
        {
            ArrayPool<byte>.Shared.Return(component.Plane);
            ArrayPool<short>.Shared.Return(component.Coefficients);
            ArrayPool<ulong>.Shared.Return(component.Present);
            (component.Plane, component.Coefficients, component.Present) = ([], [], []);
        }
        ArrayPool<byte>.Shared.Return(segment);
        ArrayPool<byte>.Shared.Return(rowBuffer);
        (segment, rowBuffer, target) = ([], [], null);
        options = DecodeOptions.Default;
    }

    /// <summary>Notes what is not as it should be and concerns no pixel.</summary>
    private void Note(string what) => irregularity ??= what;

    /// <summary>Notes that blocks are lost and others left to show; ends the decode where that is not wanted.</summary>
    private void Damaged(string what)
    {
        if (options.Strict)
            throw new ImageFormatException($"JPEG: {what}; copy the file again.");
        damage ??= what;
    }
}
