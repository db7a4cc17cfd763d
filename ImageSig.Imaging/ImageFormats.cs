using System.Globalization;
using System.Text;
using ImageSig.Imaging.Formats;

namespace ImageSig.Imaging;

/// <summary>The image formats that are read, told apart by content: this library's own, and those that a program registers.</summary>
public static class ImageFormats
{
    private static readonly Lock Registration = new();

    // Replaced, never changed: readers on other threads keep the list that they took.
    private static volatile ImageFormat[] known = [ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.Bmp, ImageFormat.Netpbm];

    /// <summary>The formats that are read, in the order in which they are asked.</summary>
    public static IReadOnlyList<ImageFormat> Known => known;

    /// <summary>Adds a format: from now on every reader of this process reads it, training and prediction included. A format that is there already stays.</summary>
    /// <exception cref="ArgumentException">Another format of this name is there.</exception>
    public static void Register(ImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        lock (Registration)
        {
            if (known.Contains(format))
                return;
            if (known.Any(other => other.Name == format.Name))
                throw new ArgumentException($"An image format named {format.Name} is registered already; give this one another name.", nameof(format));
            known = [.. known, format];
        }
    }

    /// <summary>The format of a file, by its first bytes; null where it is of none that is read.</summary>
    public static ImageFormat? Recognize(ReadOnlySpan<byte> file) => Certain(file) ?? (UnreadFormats.NameOf(file) is null ? First(file, guesses: true) : null);

    /// <summary>What a file surely is, read or not: the name of an image format; null where its first bytes are those of none.</summary>
    public static string? NameOf(ReadOnlySpan<byte> file) => Certain(file)?.Name ?? UnreadFormats.NameOf(file);

    /// <summary>The format of a file that is to be read.</summary>
    /// <exception cref="ImageFormatException">It is of none that is read; the message says which.</exception>
    internal static ImageFormat Find(ReadOnlySpan<byte> file) => Recognize(file) ?? throw new ImageFormatException(Refusal(file));

    private static ImageFormat? Certain(ReadOnlySpan<byte> file) => First(file, guesses: false);

    private static ImageFormat? First(ReadOnlySpan<byte> file, bool guesses)
    {
        foreach (ImageFormat format in known)
            if (format.IsGuess == guesses && format.Recognizes(file))
                return format;
        return null;
    }

    private static string Refusal(ReadOnlySpan<byte> file)
    {
        string[] names = [.. known.Select(format => format.Name)];
        string readable = $"{string.Join(", ", names[..^1])} and {names[^1]} are read";
        if (file.IsEmpty)
            return $"the file is empty; {readable}.";
        return UnreadFormats.NameOf(file) is { } name
            ? $"this is {name}, which {UnreadFormats.Why(name)}; convert the file to PNG or JPEG first."
            : $"this is not an image: it starts with {FirstBytes(file)}; {readable}.";
    }

    private static string FirstBytes(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> first = file[..Math.Min(file.Length, 16)];
        string text = Encoding.Latin1.GetString(first).ReplaceLineEndings(" ").Replace('\t', ' ');
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return $"the text \"{text}\"";
        StringBuilder bytes = new("the bytes");
        foreach (byte value in first[..Math.Min(first.Length, 8)])
            bytes.Append(CultureInfo.InvariantCulture, $" {value:X2}");
        return bytes.ToString();
    }
}
