using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig.Watching;

/// <summary>A folder of pictures worth labeling, held below a size: when it grows beyond, the oldest go, those of changes last.</summary>
internal sealed class KeptFrames
{
    private const string OfChange = "change", Other = "frame";

    /// <summary>Of JPEGs made of raw pictures: they are to be learned from.</summary>
    private const int RawQuality = 95;

    private readonly string folder;
    private readonly long maxBytes;
    private readonly Queue<Kept> others, changes;
    private long bytes;

    /// <summary>How the bytes of a picture are stored; null where they are those of a file. Raw ones are kept as JPEG.</summary>
    public PixelLayout? Layout { get; init; }

    /// <summary>Looks at what an earlier run kept.</summary>
    /// <param name="folder">Made if it is not there. Files of others in it are left alone and do not count.</param>
    /// <param name="maxBytes">The most that the pictures may take.</param>
    /// <exception cref="IOException">The folder cannot be made or listed.</exception>
    public KeptFrames(string folder, long maxBytes)
    {
        (this.folder, this.maxBytes) = (folder, maxBytes);
        Directory.CreateDirectory(folder);
        (others, changes) = (Earlier(Other), Earlier(OfChange));
        bytes = others.Concat(changes).Sum(file => file.Bytes);
    }

    /// <summary>The bytes of a picture's file: a copy of them, or JPEG of raw ones.</summary>
    public byte[] FileOf(ReadOnlySpan<byte> frame) =>
        Layout is { } layout ? Image.FromPixels(frame, layout).EncodeJpeg(RawQuality, halveColor: layout.HasPlanes) : frame.ToArray();

    /// <summary>Keeps a picture, under the ending of its format.</summary>
    /// <param name="file">Of <see cref="FileOf"/>.</param>
    /// <param name="time">When it was taken, UTC.</param>
    /// <param name="why">Why it is kept, such as a label; becomes part of the name.</param>
    /// <param name="isChange">Whether it is that of a change, which is part of the name too.</param>
    /// <returns>Its file.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string Keep(byte[] file, DateTime time, string why, bool isChange)
    {
        string name = string.Concat(why.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
        string path = Path.Combine(folder, $"{(isChange ? OfChange : Other)}-{time:yyyyMMdd'T'HHmmss'.'fffffff'Z'}-{name}{ImageFormats.Recognize(file)?.Extensions[0] ?? ".jpg"}");
        AtomicFile.Write(path, stream => stream.Write(file), flush: false);
        (isChange ? changes : others).Enqueue(new(path, file.Length));
        bytes += file.Length;
        // The picture itself is never the one to go.
        while (bytes > maxBytes && others.Count + changes.Count > 1)
        {
            Queue<Kept> first = others.Count > (isChange ? 0 : 1) || changes.Count == 0 ? others : changes;
            (string oldest, long length) = first.Peek();
            if (!Delete(oldest))
                break;
            first.Dequeue();
            bytes -= length;
        }
        return path;
    }

    private Queue<Kept> Earlier(string kind) =>
        new(new DirectoryInfo(folder).EnumerateFiles($"{kind}-*Z-*").Where(IsPicture).OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => new Kept(file.FullName, file.Length)));

    private static bool IsPicture(FileInfo file) => ImageFormats.Known.Any(format => format.Extensions.Contains(file.Extension));

    /// <summary>False where it may not be deleted now, such as a picture that someone looks at: it is tried again with the next.</summary>
    private static bool Delete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed record Kept(string Path, long Bytes);
}
