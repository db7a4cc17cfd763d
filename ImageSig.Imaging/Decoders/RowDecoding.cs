namespace ImageSig.Imaging.Decoders;

/// <summary>Decodes a file's rows into a target.</summary>
internal delegate void RowDecoder(ByteSource file, DecodeOptions options, RowTarget target);

/// <summary>Reads what a file says about itself.</summary>
internal delegate ImageInfo HeaderReader(ByteSource file, DecodeOptions options);

/// <summary>From bytes in memory to what decodes row by row.</summary>
/// <remarks>Each thread keeps one target for whole pictures and one source, so that nothing but the picture is allocated.</remarks>
internal static class RowDecoding
{
    [ThreadStatic]
    private static WholePicture? sparePicture;

    [ThreadStatic]
    private static MemoryBytes? spareBytes;

    /// <summary>The whole picture, over another one where it has as many pixels.</summary>
    public static Image Whole(ReadOnlySpan<byte> file, DecodeOptions options, RowDecoder decode, Image? reuse = null)
    {
        WholePicture target = sparePicture ?? new();
        sparePicture = null;
        target.Reuse = reuse;
        try
        {
            Into(file, options, decode, target);
            return target.Finish();
        }
        finally
        {
            target.Clear();
            sparePicture = target;
        }
    }

    /// <summary>Decodes bytes in memory into a target.</summary>
    public static unsafe void Into(ReadOnlySpan<byte> file, DecodeOptions options, RowDecoder decode, RowTarget target)
    {
        MemoryBytes bytes = spareBytes ?? new();
        spareBytes = null;
        fixed (byte* start = file)
        {
            bytes.Set(start, file.Length);
            decode(bytes, options, target);
        }
        spareBytes = bytes;
    }

    /// <summary>Reads the header of bytes in memory.</summary>
    public static ImageInfo Describe(ReadOnlySpan<byte> file, DecodeOptions options, HeaderReader read) => With(file, bytes => read(bytes, options));

    /// <summary>Does something with bytes in memory.</summary>
    public static unsafe TResult With<TResult>(ReadOnlySpan<byte> file, Func<ByteSource, TResult> use)
    {
        MemoryBytes bytes = new();
        fixed (byte* start = file)
        {
            bytes.Set(start, file.Length);
            return use(bytes);
        }
    }
}
