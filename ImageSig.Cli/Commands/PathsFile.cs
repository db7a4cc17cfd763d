using System.Globalization;
using System.Numerics;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary>Where <c>imagesig signature</c> finds its paths: in an array of NumPy, or one path in a table, a point a row, in a file or on standard input.</summary>
internal sealed class PathsFile
{
    private const string Input = "standard input";

    private readonly double[]? points;
    private readonly NpyHeader? header;
    private readonly Stream? elements;

    private PathsFile(string name, int channels, double[] points) => (Name, Shape, this.points) = (name, [1, points.Length / channels, channels], points);

    /// <param name="name">The file, or what messages call the stream.</param>
    /// <param name="header">Of the array.</param>
    /// <param name="elements">The stream, behind the header; null for a file.</param>
    private PathsFile(string name, NpyHeader header, Stream? elements = null) =>
        (Name, Shape, IsSingle, this.header, this.elements) = (name, header.Shape, header.Kind is NpyKind.Float16 or NpyKind.Float32, header, elements);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>[B, T, C] if it is right.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Whether single precision holds its numbers.</summary>
    public bool IsSingle { get; }

    /// <summary>Looks at what is there; a table is read.</summary>
    /// <param name="path">A .npy or .npz file, a table (.csv, .tsv), or <c>-</c> for a .npy file or a table on standard input.</param>
    /// <param name="memory">Bytes that a table may take.</param>
    /// <param name="cancellation">Ends the wait for standard input.</param>
    /// <exception cref="DatasetException">The table is none of points; the message names the line.</exception>
    /// <exception cref="InvalidDataException">It is no array.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PathsFile Open(string path, long memory, CancellationToken cancellation)
    {
        if (StandardInput.Is(path))
        {
            // In large pieces: each is waited for by a thread of its own.
            PeekedStream input = new(new BufferedStream(StandardInput.OpenStoppable(cancellation), 1 << 16));
            return input.StartsWith(NpyHeader.Magic) ? new(Input, NpyFile.ReadHeader(Input, input), input) : OfTable(Input, DelimitedText.Read(Input, input), memory);
        }
        return AttributeTableKind.IsTable(path) && File.Exists(path) ? OfTable(path, DelimitedText.Read(path), memory) : new(path, NpyFile.ReadHeader(path));
    }

    /// <summary>All numbers, the first axis slowest; asked for once.</summary>
    public T[] Read<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (points is not null)
            return Array.ConvertAll(points, T.CreateTruncating);
        if (elements is null)
            return NpyFile.Read<T>(Name).Values;
        using (elements)
            return NpyFile.ReadElements<T>(Name, elements, header!);
    }

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
        return channels > 0 ? new(path, channels, [.. points])
            : throw new DatasetException($"{path}: no point found; a table of numbers was expected, a point a row, with commas, semicolons or tabs between them.");
    }

    private static bool IsNumber(string field, out double value) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
