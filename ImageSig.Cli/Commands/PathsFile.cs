using System.Globalization;
using System.Numerics;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary>Where <c>imagesig signature</c> finds its paths: in an array of NumPy, or one path in a table, a point a row, in a file or on standard input.</summary>
internal sealed class PathsFile
{
    private readonly string path;
    private readonly double[]? points;

    private PathsFile(string path, IReadOnlyList<int> shape, bool isSingle, double[]? points = null) => (this.path, Shape, IsSingle, this.points) = (path, shape, isSingle, points);

    /// <summary>[B, T, C] if it is right.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Whether single precision holds its numbers.</summary>
    public bool IsSingle { get; }

    /// <summary>Looks at what is there; a table is read.</summary>
    /// <param name="path">A .npy or .npz file, a table (.csv, .tsv), or <c>-</c> for a table on standard input.</param>
    /// <param name="memory">Bytes that a table may take.</param>
    /// <param name="cancellation">Ends the wait for standard input.</param>
    /// <exception cref="DatasetException">The table is none of points; the message names the line.</exception>
    /// <exception cref="InvalidDataException">It is no array.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PathsFile Open(string path, long memory, CancellationToken cancellation)
    {
        // In large pieces: each is waited for by a thread of its own.
        if (StandardInput.Is(path))
            return OfTable("standard input", DelimitedText.Read("standard input", new BufferedStream(StandardInput.OpenStoppable(cancellation), 1 << 16)), memory);
        if (AttributeTableKind.IsTable(path) && File.Exists(path))
            return OfTable(path, DelimitedText.Read(path), memory);
        NpyHeader header = NpyFile.ReadHeader(path);
        return new(path, header.Shape, header.Kind is NpyKind.Float16 or NpyKind.Float32);
    }

    /// <summary>All numbers, the first axis slowest.</summary>
    public T[] Read<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => points is null ? NpyFile.Read<T>(path).Values : Array.ConvertAll(points, T.CreateTruncating);

    private static PathsFile OfTable(string path, IEnumerable<DelimitedRow> table, long memory)
    {
        List<double> points = [];
        int channels = 0, heading = 0;
        foreach ((int line, IReadOnlyList<string> fields) in table)
        {
            if (channels == 0 && heading == 0 && !fields.Any(field => IsNumber(field, out _)))
            {
                heading = line;
                continue;
            }
            channels = channels == 0 ? fields.Count : channels;
            if (fields.Count != channels)
                throw new DatasetException($"{path}, line {line}: {fields.Count} numbers, {channels} expected as before: a row is a point, and has as many as the path has dimensions.");
            for (int field = 0; field < channels; field++)
                points.Add(IsNumber(fields[field], out double value) ? value
                    : throw new DatasetException($"{path}, line {line}: field {field + 1} is '{Printable.Cell(fields[field])}'; a number such as 0.5 was expected, with commas, semicolons or tabs between numbers (a heading holds none)."));
            // While a list grows, it is there twice.
            MemoryLimit.Check($"the numbers of {path} up to line {line}", 3.0 * sizeof(double) * points.Count, memory, "take a part of it, or allow more with --memory");
        }
        return channels > 0 ? new(path, [1, points.Count / channels, channels], isSingle: false, [.. points])
            : throw new DatasetException($"{path}: no point found; a table of numbers was expected, a point a row, with commas, semicolons or tabs between them.");
    }

    private static bool IsNumber(string field, out double value) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
