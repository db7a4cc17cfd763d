using ImageSig.Imaging;

namespace ImageSig;

/// <summary>Reads images for training and prediction alike: damaged ones are refused, since a model must not learn from half a picture.</summary>
internal static class ImageReader
{
    private static readonly DecodeOptions Options = new() { Strict = true };

    public static Image Read(string path) => Image.Load(path, Options);

    /// <summary>Whether an exception of <see cref="Read"/> is about the file, not about the program.</summary>
    public static bool IsUnreadable(Exception problem) =>
        problem is ImageFormatException or IOException or UnauthorizedAccessException;

    /// <summary>What is wrong with the file, without its path.</summary>
    public static string Reason(Exception problem) =>
        problem is ImageFormatException { InnerException: ImageFormatException inner } ? inner.Message : problem.Message;
}
