using System.Text;

namespace ImageSig.Imaging.Encoders;

/// <summary>Writes raw PPM (P6), the simplest file that every tool reads.</summary>
internal static class NetpbmEncoder
{
    /// <summary>Writes a whole file.</summary>
    public static void Encode(Image image, Stream stream)
    {
        stream.Write(Encoding.ASCII.GetBytes($"P6\n{image.Width} {image.Height}\n255\n"));
        stream.Write(image.Pixels);
    }
}
