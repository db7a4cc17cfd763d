using ImageSig.Imaging;

namespace ImageSig.Cli.Arguments;

/// <summary>Writes a picture in the format that the file's name asks for.</summary>
internal static class PictureWriter
{
    /// <summary>Refuses, before any work, a name without a known ending, a place that cannot be written and the file that is read.</summary>
    public static void Check(string path, string input)
    {
        if (Extension(path) is not (".png" or ".jpg" or ".jpeg" or ".ppm"))
            throw new UsageException($"--output is '{path}'; its name must end in .png, .jpg or .ppm, which decides the format.");
        OutputPath.CheckFile(path, OutputKind.Picture, input);
    }

    /// <summary>PNG and PPM keep every level; JPEG is written at quality 95, color in full.</summary>
    public static void Write(Image picture, string path)
    {
        switch (Extension(path))
        {
            case ".png":
                picture.SavePng(path);
                break;
            case ".ppm":
                picture.SavePpm(path);
                break;
            default:
                picture.SaveJpeg(path, quality: 95, halveColor: false);
                break;
        }
    }

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
