using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageSig.Shared;

namespace ImageSig.Tensors;

/// <summary>Writes a .npy array row by row, for arrays larger than memory; the number of rows need not be known before.</summary>
/// <typeparam name="T">float, double or long.</typeparam>
/// <remarks>The rows go to a temporary file beside the destination; <see cref="Complete"/> renames it, disposing without it deletes it. What
/// a killed writer of the same destination has left is deleted at the start.</remarks>
public sealed class NpyWriter<T> : IDisposable
    where T : unmanaged, INumber<T>
{
    private const int ChunkBytes = 1 << 24;
    private readonly string given;
    private readonly string path;
    private readonly string temporary;
    private readonly int[] rowShape;
    private readonly long rowLength;
    private readonly int headerBytes;
    private readonly Stream stream;
    private int rows;

    /// <summary>Opens the temporary file.</summary>
    /// <param name="path">The destination; replaced by <see cref="Complete"/> if it exists.</param>
    /// <param name="rowShape">The shape of one row; empty where a row is one value.</param>
    /// <exception cref="ArgumentNullException">There is no path.</exception>
    /// <exception cref="ArgumentException">A length below 0, or a row that no array can hold.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double nor long.</exception>
    /// <exception cref="IOException">The file cannot be made; the message names <paramref name="path"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public NpyWriter(string path, params ReadOnlySpan<int> rowShape)
        : this(path, temporary => new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None), rowShape)
    {
    }

    /// <summary>The same over a stream of the caller's choice, at the name of the temporary file.</summary>
    internal NpyWriter(string path, Func<string, Stream> open, params ReadOnlySpan<int> rowShape)
    {
        ArgumentNullException.ThrowIfNull(path);
        given = path;
        this.path = FileReplacement.Destination(path);
        temporary = FileReplacement.Beside(this.path);
        this.rowShape = rowShape.ToArray();
        if (!StoredShape.Holds(this.rowShape, 0, Array.MaxLength, out double count))
            throw new ArgumentException($"NpyWriter: a row of shape [{string.Join(", ", this.rowShape)}] holds {count} values; 0 to {Array.MaxLength} are possible.", nameof(rowShape));
        rowLength = (long)count;
        NpyHeader header = Header(0);
        FileReplacement.Sweep(this.path);
        stream = Try(() => open(temporary));
        try
        {
            headerBytes = Try(() => header.Write(stream));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Adds one row.</summary>
    /// <param name="row">As many values as the row's shape holds.</param>
    /// <exception cref="ArgumentException">They are more or fewer.</exception>
    /// <exception cref="IOException">The disk is full, and the like; the message names the path that was given.</exception>
    public void Append(ReadOnlySpan<T> row)
    {
        if (row.Length != rowLength)
            throw new ArgumentException($"NpyWriter.Append: a row of shape [{string.Join(", ", rowShape)}] holds {rowLength} values, {row.Length} were given.", nameof(row));
        // In pieces, for bytes are counted in an int.
        int piece = ChunkBytes / Unsafe.SizeOf<T>();
        try
        {
            for (; row.Length > piece; row = row[piece..])
                stream.Write(MemoryMarshal.AsBytes(row[..piece]));
            stream.Write(MemoryMarshal.AsBytes(row));
        }
        catch (Exception problem) when (FileReplacement.InWordsOf(given, temporary, problem) is { } named)
        {
            throw named;
        }
        rows++;
    }

    /// <summary>Writes the final shape [rows, row shape], flushes to the disk and renames the file to its destination.</summary>
    /// <exception cref="InvalidOperationException">So many rows that their number has more digits than the header has room for.</exception>
    /// <exception cref="IOException">The disk is full, and the like; the message names the path that was given.</exception>
    public void Complete()
    {
        int rewritten = Try(() =>
        {
            stream.Position = 0;
            return Header(rows).Write(stream);
        });
        if (rewritten != headerBytes)
            throw new InvalidOperationException($"NpyWriter: the header grew from {headerBytes} to {rewritten} bytes.");
        Try(() =>
        {
            if (stream is FileStream file)
                file.Flush(flushToDisk: true);
            stream.Dispose();
            File.Move(temporary, path, overwrite: true);
            return 0;
        });
    }

    /// <summary>Closes the file; deletes it unless <see cref="Complete"/> ran.</summary>
    public void Dispose()
    {
        try
        {
            stream.Dispose();
        }
        catch (Exception full) when (full is IOException || FileLimit.IsReachedBy(full))
        {
            // What a full disk did not take is not wanted any more.
        }
        if (File.Exists(temporary))
            File.Delete(temporary);
    }

    private TResult Try<TResult>(Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception problem) when (FileReplacement.InWordsOf(given, temporary, problem) is { } named)
        {
            throw named;
        }
    }

    private NpyHeader Header(int rows) => new(NpyFile.KindOf<T>(), [rows, .. rowShape]);
}
