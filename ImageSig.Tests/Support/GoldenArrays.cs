using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ImageSig.Tests.Support;

/// <summary>One case of ../shared/golden: float64 arrays by name, with their shapes.</summary>
internal sealed class GoldenCase(string name, JsonElement entry)
{
    public string Name { get; } = name;

    public JsonElement Entry { get; } = entry;

    public int Batch => Entry.GetProperty("batch").GetInt32();

    public int Length => Entry.GetProperty("length").GetInt32();

    public int Channels => Entry.GetProperty("channels").GetInt32();

    public int Depth => Entry.GetProperty("depth").GetInt32();

    public bool Has(string array) => Entry.GetProperty("files").TryGetProperty(array, out _);

    public double[] this[string array] => GoldenArrays.Read(Folders.InShared("golden", "dev", Name, array + ".npy"));

    public int[] Shape(string array) =>
        [.. Entry.GetProperty("files").GetProperty(array).GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];

    public override string ToString() => Name;
}

/// <summary>Reads ../shared/golden. A reader of its own, so that the product's is tested by something else.</summary>
internal static class GoldenArrays
{
    public static IReadOnlyList<GoldenCase> Cases()
    {
        using FileStream file = File.OpenRead(Folders.InShared("golden", "index.json"));
        JsonElement root = JsonDocument.Parse(file).RootElement;
        return [.. root.GetProperty("cases").EnumerateArray().Select(entry => new GoldenCase(entry.GetProperty("name").GetString()!, entry))];
    }

    /// <summary>The cases that hold <paramref name="array"/>.</summary>
    public static IEnumerable<GoldenCase> With(string array)
    {
        List<GoldenCase> cases = [.. Cases().Where(golden => golden.Has(array))];
        Assert.NotEmpty(cases);
        return cases;
    }

    /// <summary>A C-order float64 .npy file, version 1.</summary>
    public static double[] Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal("NUMPY", Encoding.ASCII.GetString(bytes, 1, 5));
        int header = 10 + BitConverter.ToUInt16(bytes, 8);
        string description = Encoding.ASCII.GetString(bytes, 10, header - 10);
        Assert.Contains("'<f8'", description, StringComparison.Ordinal);
        Assert.Contains("'fortran_order': False", description, StringComparison.Ordinal);
        return MemoryMarshal.Cast<byte, double>(bytes.AsSpan(header)).ToArray();
    }

    /// <summary>Asserts <c>|actual − expected| ≤ relative · max |expected|</c>, per row of <paramref name="row"/> numbers.</summary>
    public static void AssertClose(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relative, int row = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        row = row == 0 ? expected.Length : row;
        for (int start = 0; start < expected.Length; start += row)
        {
            double scale = 0;
            foreach (double value in expected.Slice(start, row))
                scale = Math.Max(scale, Math.Abs(value));
            for (int index = start; index < start + row; index++)
                Assert.True(Math.Abs(actual[index] - expected[index]) <= relative * scale + 1e-300,
                    string.Create(CultureInfo.InvariantCulture, $"{what}: [{index}] is {actual[index]:R}, expected {expected[index]:R} (scale {scale:R})"));
        }
    }
}
