using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>The small files committed beside the tests: pictures of our own, encoded by libjpeg-turbo, with the levels it decodes them to.</summary>
internal static class Samples
{
    /// <summary>Name and content of every committed JPEG, in order of name.</summary>
    public static (string Name, byte[] File)[] Jpegs { get; } =
        [.. Directory.GetFiles(Folder, "*.jpg").Order(StringComparer.Ordinal).Select(path => (Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)))];

    /// <summary>A small PNG.</summary>
    public static byte[] Png { get; } = Pictures.Photograph(13, 9, 1).EncodePng();

    /// <summary>The expected levels of a committed JPEG, a PPM or PGM file.</summary>
    public static ImageSig.Imaging.Image Expected(string name) => Pictures.FromPnm(File.ReadAllBytes(Path.Combine(Folder, name + ".ppm")));

    private static string Folder => Path.Combine(Folders.Repository, "ImageSig.Tests", "Imaging", "Samples");
}
