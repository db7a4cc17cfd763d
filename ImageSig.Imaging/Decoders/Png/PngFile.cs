namespace ImageSig.Imaging.Decoders;

/// <summary>What the chunks of a file say.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Pixels">How its pixels become RGB.</param>
/// <param name="Notes">What stands beside them.</param>
/// <param name="FirstData">Where its first chunk of compressed pixels begins.</param>
/// <param name="Compressed">Bytes of compressed pixels.</param>
internal sealed record PngFile(PngHeader Header, PngPixels Pixels, PngNotes Notes, long FirstData, long Compressed);
