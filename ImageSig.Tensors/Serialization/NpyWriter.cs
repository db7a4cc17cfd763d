using System.Numerics;
using System.Runtime.InteropServices;

namespace ImageSig.Tensors;

/// <summary>Writes a .npy array row by row, for arrays larger than memory; the number of rows need not be known before.</summary>
/// <typeparam name="T">float, double or long.</typeparam>
/// <remarks>The rows go to a temporary file beside the destination; <see cref="Complete"/> renames it, disposing without it deletes it.</remarks>
public sealed class NpyWriter<T> : IDisposable
    where T : unmanaged, INumber<T>
{
    private readonly string path;
    private readonly string temporary;
    private readonly int[] rowShape;
    private readonly long rowLength;
    private readonly int headerBytes;
    private readonly FileStream stream;
    private int rows;

    /// <summary>Opens the temporary file.</summary>
    /// <param name="path">The destination; replaced by <see cref="Complete"/> if it exists.</param>
    /// <param name="rowShape">The shape of one row; empty where a row is one value.</param>
    /// <exception cref="ArgumentNullException">There is no path.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double nor long.</exception>
    public NpyWriter(string path, params ReadOnlySpan<int> rowShape)
    {
        ArgumentNullException.ThrowIfNull(path);
        this.path = AtomicFile.Destination(path);
        temporary = AtomicFile.Beside(this.path);
        this.rowShape = rowShape.ToArray();
        rowLength = this.rowShape.Aggregate(1L, (product, length) => checked(product * length));
        stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        headerBytes = Header(0).Write(stream);
    }

    /// <summary>Adds one row.</summary>
    /// <param name="row">As many values as the row's shape holds.</param>
    /// <exception cref="ArgumentException">They are more or fewer.</exception>
    public void Append(ReadOnlySpan<T> row)
    {
        if (row.Length != rowLength)
            throw new ArgumentException($"NpyWriter.Append: a row of shape [{string.Join(", ", rowShape)}] holds {rowLength} values, {row.Length} were given.", nameof(row));
        stream.Write(MemoryMarshal.AsBytes(row));
        rows++;
    }

    /// <summary>Writes the final shape [rows, row shape], flushes to the disk and renames the file to its destination.</summary>
    /// <exception cref="InvalidOperationException">So many rows that their number has more digits than the header has room for.</exception>
    public void Complete()
    {
        stream.Position = 0;
        int rewritten = Header(rows).Write(stream);
        if (rewritten != headerBytes)
            throw new InvalidOperationException($"NpyWriter: the header grew from {headerBytes} to {rewritten} bytes.");
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Closes the file; deletes it unless <see cref="Complete"/> ran.</summary>
    public void Dispose()
    {
        stream.Dispose();
        File.Delete(temporary);
    }

    private NpyHeader Header(int rows) => new(NpyFile.KindOf<T>(), [rows, .. rowShape]);
}
