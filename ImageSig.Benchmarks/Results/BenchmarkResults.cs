using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSig.Benchmarks.Results;

/// <summary>One run of the benchmarks on one machine: what docs/benchmarks holds as JSON, and the tables are written from.</summary>
/// <param name="Processor">Its name.</param>
/// <param name="VectorBits">Bits of the registers that ImageSig's kernels used.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Date">The day, yyyy-MM-dd.</param>
/// <param name="Job">How long was measured, in words.</param>
/// <param name="Measurements">In the order of the tables; of each topic and setting ImageSig stands first.</param>
internal sealed record BenchmarkResults(
    string Processor, int VectorBits, string System, string Runtime, string Date, string Job, IReadOnlyList<BenchmarkMeasurement> Measurements)
{
    /// <summary>The JSON that <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BenchmarkJson.Default.BenchmarkResults) + "\n";

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static BenchmarkResults Parse(string json) => JsonSerializer.Deserialize(json, BenchmarkJson.Default.BenchmarkResults)
        ?? throw new JsonException("The file holds null, results were expected.");

    /// <summary>Whether these are times of ImageSig under the JIT and compiled ahead of time, beside one another, and of nobody else.</summary>
    [JsonIgnore]
    public bool IsOfNative => Measurements.Any(one => one.Program == BenchmarkMeasurement.Native);

    /// <summary>Writes them into a folder as JSON and as a page, named for the processor and the width of its registers.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        string name = string.Join('-', $"{Processor} {VectorBits}{(IsOfNative ? " native" : "")}".ToLowerInvariant().Split([' ', '/', '(', ')', ',', '@'], StringSplitOptions.RemoveEmptyEntries));
        File.WriteAllText(Path.Combine(folder, name + ".json"), ToJson());
        File.WriteAllText(Path.Combine(folder, name + ".md"), BenchmarkText.Page(this));
    }

    /// <summary>The measurement of a topic, setting and program; null where there is none.</summary>
    public BenchmarkMeasurement? Find(string topic, string setting, string program) =>
        Measurements.FirstOrDefault(one => one.Topic == topic && one.Setting == setting && one.Program == program);

    /// <summary>The time of a program as a multiple of ImageSig's at the same; null where one of both was not measured.</summary>
    public double? TimesOurs(string topic, string setting, string program) =>
        Find(topic, setting, program)?.Nanoseconds / Find(topic, setting, BenchmarkMeasurement.Ours)?.Nanoseconds;
}

/// <summary>How long one program took for one thing, on one thread.</summary>
/// <param name="Topic">What was computed, such as "signature".</param>
/// <param name="Setting">Of which size.</param>
/// <param name="Program">By whom: <see cref="Ours"/>, a plain loop, another library.</param>
/// <param name="Nanoseconds">The median of all iterations.</param>
/// <param name="Spread">The interquartile range of the iterations, as a share of the median.</param>
/// <param name="Allocated">Bytes of managed memory for one operation; native memory is not seen.</param>
internal sealed record BenchmarkMeasurement(string Topic, string Setting, string Program, double Nanoseconds, double Spread, long Allocated)
{
    /// <summary>The program that others are compared with.</summary>
    public const string Ours = "ImageSig";

    /// <summary>The same source, compiled ahead of time.</summary>
    public const string Native = "ImageSig, NativeAOT";
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NewLine = "\n")]
[JsonSerializable(typeof(BenchmarkResults))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
