using System.Buffers;
using ImageSig.Imaging.Decoders;
using ImageSig.Imaging.Encoders;
using ImageSig.Imaging.Formats;
using ImageSig.Shared;

namespace ImageSig.Imaging;

public sealed partial class Image
{
    /// <summary>Reads an image file. The format is found by content, never by the file's name.</summary>
    /// <exception cref="ImageFormatException">The file is not a readable image; the message starts with the path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Image Load(string path, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            WholePicture target = new();
            return TryDecode(stream, options, target) ? target.Finish() : WithWhole(stream, options, file => Decode(file, options));
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

    /// <summary>Decodes a whole image file held in memory. The format is found by content.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="options">As for <see cref="Load"/>.</param>
    /// <param name="reuse">A picture that is no longer needed. Where it has as many pixels as the result, they are overwritten and become the result's, which may be this same object;
    /// from then on, and where decoding fails, it must not be looked at any more. Otherwise, and where it is null, the result is in new memory, which the system brings page by page:
    /// of a large picture that can take as long as decoding it.</param>
    /// <remarks>Formats that programs have added (<see cref="ImageFormats.Register"/>) give new pictures.</remarks>
    /// <exception cref="ImageFormatException">The bytes are not a readable image.</exception>
    /// <exception cref="OperationCanceledException"><see cref="DecodeOptions.CancellationToken"/> was signaled.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, DecodeOptions? options = null, Image? reuse = null)
    {
        options ??= DecodeOptions.Default;
        try
        {
            ImageFormat format = ImageFormats.Find(file);
            return format.Rows is { } decode ? RowDecoding.Whole(file, options, decode, reuse) : GuardedFormat.Decode(format, file, options);
        }
        catch (OutOfMemoryException failure)
        {
            throw NoMemory(failure);
        }
    }

    /// <summary>Writes a PNG file: beside its place first, flushed to the disk, then renamed, so that no half-written file is ever seen. What a killed writer of the same path has
    /// left is deleted first.</summary>
    /// <exception cref="IOException">The file cannot be written; the message names <paramref name="path"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void SavePng(string path) => FileReplacement.Write(path, EncodePng);

    /// <summary>This picture as the bytes of a PNG file.</summary>
    public byte[] EncodePng()
    {
        using MemoryStream stream = new();
        EncodePng(stream);
        return stream.ToArray();
    }

    /// <summary>Writes this picture as a PNG file to a stream.</summary>
    public void EncodePng(Stream stream) => PngEncoder.Encode(this, stream);

    /// <summary>This picture as the bytes of a raw PPM file.</summary>
    public byte[] EncodePpm()
    {
        using MemoryStream stream = new();
        NetpbmEncoder.Encode(this, stream);
        return stream.ToArray();
    }

    /// <summary>Writes a raw PPM file, as carefully as <see cref="SavePng"/>.</summary>
    public void SavePpm(string path) => FileReplacement.Write(path, stream => NetpbmEncoder.Encode(this, stream));

    /// <summary>This picture as the bytes of a baseline JPEG file.</summary>
    /// <param name="quality">1…100, on the usual scale.</param>
    /// <param name="halveColor">Whether color is stored at half the width and height (4:2:0), which the eye hardly sees.</param>
    public byte[] EncodeJpeg(int quality = 90, bool halveColor = true)
    {
        using MemoryStream stream = new();
        JpegEncoder.Encode(this, stream, quality, halveColor);
        return stream.ToArray();
    }

    /// <summary>Writes a baseline JPEG file, as carefully as <see cref="SavePng"/>.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="quality">1…100, on the usual scale.</param>
    /// <param name="halveColor">Whether color is stored at half the width and height (4:2:0).</param>
    public void SaveJpeg(string path, int quality = 90, bool halveColor = true) =>
        FileReplacement.Write(path, stream => JpegEncoder.Encode(this, stream, quality, halveColor));

    private static ImageFormatException NoMemory(string path, OutOfMemoryException failure)
    {
        ImageFormatException refusal = NoMemory(failure);
        return new($"{path}: {refusal.Message}", refusal);
    }

    private static ImageFormatException NoMemory(OutOfMemoryException failure) =>
        new("the picture does not fit into this machine's memory; save it with fewer pixels.", failure);

    /// <summary>Reads a file to its end, wherever that turns out to be: pipes and growing files have no length to trust.</summary>
    private static int ReadWhole(Stream stream, DecodeOptions options, ref byte[] rented)
    {
        long limit = Math.Min(options.MaxFileBytes, Array.MaxLength - 1);
        long expected = stream.CanSeek ? stream.Length - stream.Position : 0;
        int length = 0;
        if (expected <= limit)
        {
            rented = ArrayPool<byte>.Shared.Rent((int)Math.Max(expected + 1, 4096));
            while (length <= limit)
            {
                if (length == rented.Length)
                    Grow(ref rented);
                int read = stream.Read(rented, length, rented.Length - length);
                if (read == 0)
                    return length;
                // What is no image is not read to its end: a device has none.
                if (length < ByteSource.LongestLook && length + read >= ByteSource.LongestLook)
                    _ = ImageFormats.Find(rented.AsSpan(0, length + read));
                length += read;
            }
        }
        throw new ImageFormatException($"the file is larger than {limit} bytes, the limit for an image file; save the picture smaller.");
    }

    private static void Grow(ref byte[] rented)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * rented.Length, Array.MaxLength));
        rented.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(rented);
        rented = larger;
    }
}
