namespace ImageSig.Imaging.Decoders;

/// <summary>What stands beside the pixels of a PNG.</summary>
internal sealed class PngNotes
{
    /// <summary>How the camera was held, 1…8, of the first eXIf chunk; null where there is none.</summary>
    public int? Orientation { get; private set; }

    /// <summary>The first chunk that had to be left out, in a line.</summary>
    public string? Irregularity { get; set; }

    /// <summary>Takes a chunk that is not needed for the pixels.</summary>
    /// <remarks>Some writers put the six bytes of the JPEG segment in front of the notes.</remarks>
    public void Read(PngChunks chunk)
    {
        if (chunk.Is("eXIf"u8))
            Orientation ??= Exif.Orientation(chunk.Data) ?? Exif.OrientationOf(chunk.Data);
    }
}
