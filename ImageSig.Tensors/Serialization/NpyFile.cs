using System.Numerics;
using System.Runtime.InteropServices;
using ImageSig.Shared;

namespace ImageSig.Tensors;

/// <summary>Reads NumPy's .npy files of numbers and bools, and writes those of float32, float64 and int64 in C order.</summary>
/// <remarks>What reads a path also reads the only array of a .npz file, or the one that is named behind it: <c>arrays.npz:paths</c>.</remarks>
public static class NpyFile
{
    /// <summary>Values that are written at a time.</summary>
    private const int Chunk = 1 << 14;

    /// <summary>What stands between a file of several arrays and the name of one.</summary>
    private const string Named = ".npz:";

    /// <summary>Reads a whole array of any <see cref="NpyKind"/>, in either order of axes and bytes, converting its elements into <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">float, double or long.</typeparam>
    /// <returns>The values, first axis slowest whatever the file's order, and the shape.</returns>
    /// <remarks>Every element is converted by one rounding to the nearest, ties to even: float holds whole numbers up to 2²⁴ exactly, double up to 2⁵³, and what is beyond
    /// float's range becomes an infinity. true is 1. As long, fractions are cut off, NaN is 0, and what is beyond long's range is its largest or smallest number.</remarks>
    /// <exception cref="InvalidDataException">The file is not such an array, or is cut short; the message starts with the path.</exception>
    /// <exception cref="IOException">There is no such file, it is a folder, or it cannot be read; the message names the path as it was given.</exception>
    public static (T[] Values, int[] Shape) Read<T>(string path)
        where T : unmanaged, INumber<T>
        => Naming(path, () =>
        {
            using Stream stream = Open(path);
            NpyHeader header = HeaderOfWhole(stream);
            return (ElementsOf<T>(stream, header), (int[])[.. header.Shape]);
        });

    /// <summary>Reads the element type and shape of a file, and looks whether it is as long as they say.</summary>
    /// <exception cref="InvalidDataException">The file is not such an array; the message starts with the path.</exception>
    /// <exception cref="IOException">There is no such file, it is a folder, or it cannot be read; the message names the path as it was given.</exception>
    public static NpyHeader ReadHeader(string path) => Naming(path, () =>
    {
        using Stream stream = Open(path);
        return HeaderOfWhole(stream);
    });

    /// <summary>Reads the header of a stream whose length nobody knows; it is left at the first element.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="stream">At its beginning.</param>
    /// <exception cref="InvalidDataException">It is not such an array.</exception>
    internal static NpyHeader ReadHeader(string name, Stream stream) => Naming(name, () => NpyHeader.Read(stream));

    /// <summary>Reads all elements of such a stream, which ends behind them.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="stream">At the first element.</param>
    /// <param name="header">What was read of it before. Memory is asked for by what it says.</param>
    /// <exception cref="InvalidDataException">The stream is shorter or longer than the header says.</exception>
    internal static T[] ReadElements<T>(string name, Stream stream, NpyHeader header)
        where T : unmanaged, INumber<T>
        => Naming(name, () =>
        {
            try
            {
                T[] values = ElementsOf<T>(stream, header);
                return stream.ReadByte() < 0 ? values : throw OtherLength("more");
            }
            catch (EndOfStreamException)
            {
                throw OtherLength("less");
            }

            InvalidDataException OtherLength(string found) => Mismatch(header, $"there is {found}");
        });

    /// <summary>Writes an array of float, double or long, beside the destination and renamed.</summary>
    /// <param name="path">The destination; replaced if it exists.</param>
    /// <param name="values">The elements, first axis slowest.</param>
    /// <param name="shape">The lengths of the axes; their product is the number of values.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many values as were given.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double nor long.</exception>
    public static void Write<T>(string path, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged, INumber<T>
    {
        NpyHeader header = new(KindOf<T>(), shape.ToArray());
        if (!StoredShape.Holds(header.Shape, values.Length, values.Length, out double count))
            throw new ArgumentException($"NpyFile.Write: shape [{string.Join(", ", header.Shape)}] holds {count} values, {values.Length} were given.", nameof(shape));
        FileReplacement.Write(path, values, (stream, all) =>
        {
            header.Write(stream);
            // In pieces, for bytes are counted in an int.
            for (; all.Length > Chunk; all = all[Chunk..])
                stream.Write(MemoryMarshal.AsBytes(all[..Chunk]));
            stream.Write(MemoryMarshal.AsBytes(all));
        });
    }

    /// <summary>The .npy element type of <typeparamref name="T"/>: float, double or long.</summary>
    /// <exception cref="NotSupportedException">It is another type.</exception>
    public static NpyKind KindOf<T>()
        where T : unmanaged
        => typeof(T) == typeof(float) ? NpyKind.Float32
            : typeof(T) == typeof(double) ? NpyKind.Float64
            : typeof(T) == typeof(long) ? NpyKind.Int64
            : throw new NotSupportedException($".npy files of {typeof(T).Name} are not written here; use float, double or long.");

    private static Stream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        int end = File.Exists(path) ? -1 : path.LastIndexOf(Named, StringComparison.OrdinalIgnoreCase);
        FileStream file = OpenFile(end < 0 ? path : path[..(end + Named.Length - 1)]);
        try
        {
            bool isNpz = file.ReadByte() == 'P' && file.ReadByte() == 'K';
            file.Position = 0;
            return isNpz ? NpzEntry.Open(file, end < 0 ? null : path[(end + Named.Length)..]) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"{path}: a folder; an array in a .npy file was expected.");
        try
        {
            FileStream stream = File.OpenRead(path);
            if (stream.CanSeek)
                return stream;
            stream.Dispose();
            throw new IOException($"{path}: no ordinary file; arrays are read from files only.");
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"{path}: there is no such file.", path, problem);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new IOException($"{path}: this file may not be read; look at its permissions.", problem);
        }
    }

    /// <summary>Does work on a stream, and lets its refusals begin with a name.</summary>
    private static TResult Naming<TResult>(string name, Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"{name}: {damage.Message}", damage);
        }
    }

    private static T[] ElementsOf<T>(Stream stream, NpyHeader header)
        where T : unmanaged, INumber<T>
    {
        if (header.ElementCount > Array.MaxLength)
            throw new InvalidDataException($"{header.ElementCount} values are more than one array holds ({Array.MaxLength}); split the file.");
        T[] values = new T[header.ElementCount];
        NpyElements.Read(stream, header, values);
        return values;
    }

    private static NpyHeader HeaderOfWhole(Stream stream)
    {
        NpyHeader header = NpyHeader.Read(stream);
        long available = stream.Length - stream.Position;
        return UInt128OfBytes(header) == (UInt128)available
            ? header
            : throw Mismatch(header, $"the file has {available}");
    }

    private static InvalidDataException Mismatch(NpyHeader header, string found) =>
        new($"shape [{string.Join(", ", header.Shape)}] needs {UInt128OfBytes(header)} bytes of values, {found}; it is cut or damaged.");

    private static UInt128 UInt128OfBytes(NpyHeader header) =>
        header.Shape.Aggregate((UInt128)header.ElementSize, (product, length) => product > long.MaxValue ? product : product * (UInt128)length);
}
