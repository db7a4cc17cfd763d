using System.Numerics;
using System.Runtime.InteropServices;

namespace ImageSig.Tensors;

/// <summary>Writes a .npy array row by row, for arrays larger than memory; the number of rows need not be known before.</summary>
/// <typeparam name="T">float, double or long.</typeparam>
/// <remarks>The rows go to a temporary file beside the destination; <see cref="Complete"/> renames it, disposing without it deletes it.</remarks>
public sealed class NpyWriter<T> : IDisposable
    where T : unmanaged, INumber<T>
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly int[] _rowShape;
    private readonly long _rowLength;
    private readonly int _headerBytes;
    private readonly FileStream _stream;
    private int _rows;

    /// <summary>Opens the temporary file.</summary>
    /// <param name="path">The destination; replaced by <see cref="Complete"/> if it exists.</param>
    /// <param name="rowShape">The shape of one row; empty where a row is one value.</param>
    public NpyWriter(string path, params ReadOnlySpan<int> rowShape)
    {
        ArgumentNullException.ThrowIfNull(path);
        _path = path;
        _temporary = $"{path}.{Environment.ProcessId}.tmp";
        _rowShape = rowShape.ToArray();
        _rowLength = _rowShape.Aggregate(1L, (product, length) => checked(product * length));
        _stream = new FileStream(_temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        _headerBytes = Header(0).Write(_stream);
    }

    /// <summary>Adds one row.</summary>
    /// <param name="row">As many values as the row's shape holds.</param>
    public void Append(ReadOnlySpan<T> row)
    {
        if (row.Length != _rowLength)
            throw new ArgumentException($"NpyWriter.Append: a row of shape [{string.Join(", ", _rowShape)}] holds {_rowLength} values, {row.Length} were given.", nameof(row));
        _stream.Write(MemoryMarshal.AsBytes(row));
        _rows++;
    }

    /// <summary>Writes the final shape [rows, row shape], flushes to the disk and renames the file to its destination.</summary>
    public void Complete()
    {
        _stream.Position = 0;
        int headerBytes = Header(_rows).Write(_stream);
        if (headerBytes != _headerBytes)
            throw new InvalidOperationException($"NpyWriter: the header grew from {_headerBytes} to {headerBytes} bytes.");
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Closes the file; deletes it unless <see cref="Complete"/> ran.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_temporary);
    }

    private NpyHeader Header(int rows) => new(NpyFile.KindOf<T>(), [rows, .. _rowShape]);
}
