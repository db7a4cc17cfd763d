using System.Buffers;
using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging;

public sealed partial class Image
{
    /// <summary>Files beyond this are read from the disk while they are decoded, where their format can be. Bytes.</summary>
    private const int MaxInMemory = 1 << 20;

    /// <summary>Reads an image file and brings it to a size while it is decoded: the pixels of <see cref="Load"/> and <see cref="Resize.Fit"/>, bit for bit, in the memory
    /// of a few rows instead of the whole picture.</summary>
    /// <param name="path">The file; its format is found by content.</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <param name="fit">What happens to another shape.</param>
    /// <param name="options">As for <see cref="Load"/>; <see cref="DecodeOptions.NeededSize"/> stays the caller's to set.</param>
    /// <param name="bars">The gray level of a letterbox's bars.</param>
    /// <remarks>Formats that programs have added (<see cref="ImageFormats.Register"/>) are decoded whole first.</remarks>
    /// <exception cref="ImageFormatException">The file is not a readable image; the message starts with the path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Image LoadFitted(string path, int width, int height, ImageFit fit = ImageFit.Stretch, DecodeOptions? options = null, byte bars = 0)
    {
        ArgumentNullException.ThrowIfNull(path);
        return LoadFitted(path, [new(width, height, fit, bars)], options ?? DecodeOptions.Default)[0];
    }

    /// <summary>Decodes a whole image file held in memory and brings it to a size on the way: the pixels of <see cref="Decode"/> and <see cref="Resize.Fit"/>, bit for bit.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <param name="fit">What happens to another shape.</param>
    /// <param name="options">As for <see cref="Decode"/>; <see cref="DecodeOptions.NeededSize"/> stays the caller's to set.</param>
    /// <param name="bars">The gray level of a letterbox's bars.</param>
    /// <exception cref="ImageFormatException">The bytes are not a readable image.</exception>
    /// <exception cref="OperationCanceledException"><see cref="DecodeOptions.CancellationToken"/> was signaled.</exception>
    public static Image DecodeFitted(ReadOnlySpan<byte> file, int width, int height, ImageFit fit = ImageFit.Stretch, DecodeOptions? options = null, byte bars = 0)
    {
        return DecodeFitted(file, [new(width, height, fit, bars)], options ?? DecodeOptions.Default)[0];
    }

    /// <summary>Reads a stream to its end, decodes it as an image file and brings it to a size on the way.</summary>
    /// <param name="stream">The file, from where the stream stands; it stays open.</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <param name="fit">What happens to another shape.</param>
    /// <param name="options">As for <see cref="Load"/>.</param>
    /// <param name="bars">The gray level of a letterbox's bars.</param>
    /// <exception cref="ImageFormatException">The bytes are not a readable image.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Image DecodeFitted(Stream stream, int width, int height, ImageFit fit = ImageFit.Stretch, DecodeOptions? options = null, byte bars = 0)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= DecodeOptions.Default;
        FittedSize[] sizes = [new(width, height, fit, bars)];
        return WithWhole(stream, options, file => DecodeFitted(file, sizes, options)[0]);
    }

    /// <summary>Reads an image file once and brings it to several sizes while it is decoded.</summary>
    /// <returns>A picture for each size, in their order.</returns>
    internal static Image[] LoadFitted(string path, IReadOnlyList<FittedSize> sizes, DecodeOptions options)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            using FittedPictures target = new(sizes);
            return TryDecode(stream, options, target) ? target.Finish() : WithWhole(stream, options, file => DecodeFitted(file, sizes, options));
        }
        catch (ImageFormatException failure)
        {
            throw new ImageFormatException($"{path}: {failure.Message}", failure);
        }
        catch (OutOfMemoryException failure)
        {
            throw NoMemory(path, failure);
        }
    }

    /// <summary>Decodes a large file while it is read from the disk.</summary>
    /// <returns>False where that cannot be done, and nothing was.</returns>
    private static bool TryDecode(FileStream stream, DecodeOptions options, RowTarget target)
    {
        if (!stream.CanSeek || stream.Length <= MaxInMemory || stream.Length > options.MaxFileBytes)
            return false;
        using FileBytes file = new(stream.SafeFileHandle);
        if (ImageFormats.Recognize(file.Look(0))?.Rows is not { } decode)
            return false;
        decode(file, options, target);
        return true;
    }

    /// <summary>Reads a stream to its end and does something with its bytes; those that are in memory already are not copied.</summary>
    /// <exception cref="ImageFormatException">There are more than an image file may have.</exception>
    internal static TResult WithWhole<TResult>(Stream stream, DecodeOptions options, Func<ReadOnlySpan<byte>, TResult> use)
    {
        if (stream is MemoryStream memory && memory.GetType() == typeof(MemoryStream) && memory.Length - memory.Position <= options.MaxFileBytes && memory.TryGetBuffer(out ArraySegment<byte> held))
        {
            int start = (int)Math.Min(memory.Position, held.Count);
            memory.Position = memory.Length;
            return use(held.AsSpan(start));
        }
        byte[] rented = [];
        try
        {
            int length = ReadWhole(stream, options, ref rented);
            return use(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Decodes a whole image file held in memory once and brings it to several sizes on the way.</summary>
    /// <returns>A picture for each size, in their order.</returns>
    internal static Image[] DecodeFitted(ReadOnlySpan<byte> file, IReadOnlyList<FittedSize> sizes, DecodeOptions options)
    {
        ImageFormat format = ImageFormats.Find(file);
        using FittedPictures target = new(sizes);
        try
        {
            if (format.TryDecode(file, options, target))
                return target.Finish();
        }
        catch (OutOfMemoryException failure)
        {
            throw NoMemory(failure);
        }
        Image whole = Decode(file, options);
        return [.. sizes.Select(size => Resize.Fit(whole, size.Width, size.Height, size.Fit, size.Bars))];
    }
}
