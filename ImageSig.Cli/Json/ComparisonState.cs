using System.Globalization;
using System.Text;
using System.Text.Json;
using ImageSig.Comparison;

namespace ImageSig.Cli.Json;

/// <summary>What <c>compare --resume</c> goes on from: the file comparison.json.</summary>
/// <param name="Comparison">Stamp of images and settings.</param>
/// <param name="Done">What was compared.</param>
internal sealed record ComparisonState(string Comparison, IReadOnlyList<ComparedJson> Done)
{
    /// <summary>How the file begins.</summary>
    public const string Beginning = "{\"comparison\":";

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(JsonMembers.Stored(new JsonMembers(("comparison", Comparison), ("done", Done.Select(compared => compared.Members)))));

    /// <summary>Checks that a comparison that begins anew takes the place of none.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">Something was compared.</exception>
    /// <exception cref="DatasetException">The file is damaged.</exception>
    public static void CheckEmpty(string path)
    {
        if (File.Exists(path) && Read(path).Done.Count > 0)
            throw new IOException($"{path}: a comparison is in this folder already; go on with it (--resume), delete this file, or choose another folder (-o).");
    }

    /// <summary>Reads what was compared.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stamp">Of the comparison that goes on.</param>
    /// <exception cref="DatasetException">It is damaged, or of other images or settings.</exception>
    public static IReadOnlyList<ComparedJson> Read(string path, string stamp)
    {
        ComparisonState state = Read(path);
        return state.Comparison == stamp
            ? state.Done
            : throw new DatasetException($"{path}: this is of a comparison of other images, or with another --seed or other --epochs; give the same to go on, or choose another folder (-o).");
    }

    private static ComparisonState Read(string path)
    {
        try
        {
            return JsonFields.Read(File.ReadAllText(path), json => new ComparisonState(json.Text("comparison"), json.Objects("done", ComparedJson.Read)));
        }
        catch (JsonException)
        {
            throw new DatasetException($"{path}: this is not what a comparison of this version keeps; delete it, or choose another folder (-o).");
        }
    }
}

/// <summary>One that was compared.</summary>
/// <param name="Identity">Of the contestant.</param>
/// <param name="Entry">Its figures.</param>
internal sealed record ComparedJson(string Identity, ComparisonEntry Entry)
{
    public JsonMembers Members => new(
        ("identity", Identity),
        ("entry", new JsonMembers(
            ("name", Entry.Name), ("description", Entry.Description), ("images", Entry.Images), ("accuracy", Entry.Accuracy), ("balancedAccuracy", Entry.BalancedAccuracy),
            ("calibrationError", Entry.CalibrationError), ("parameters", Entry.Parameters), ("bytes", Entry.Bytes), ("multiplyAdds", Entry.MultiplyAdds),
            ("microseconds", Entry.Microseconds), ("trainingTime", Entry.TrainingTime.ToString("c", CultureInfo.InvariantCulture)))));

    public static ComparedJson Read(JsonFields json) => new(json.Text("identity"), json.Object("entry", entry => new ComparisonEntry(
        entry.Text("name") is var name && Contestants.Names.Contains(name) ? name : throw new JsonException("a contestant was expected"), entry.Text("description"), entry.Whole("images"), entry.Number("accuracy"), entry.Number("balancedAccuracy"), entry.Number("calibrationError"),
        entry.Long("parameters"), entry.Long("bytes"), entry.Long("multiplyAdds"), entry.Number("microseconds"),
        TimeSpan.TryParseExact(entry.Text("trainingTime"), "c", CultureInfo.InvariantCulture, out TimeSpan time) ? time : throw new JsonException("a time was expected"))));
}
