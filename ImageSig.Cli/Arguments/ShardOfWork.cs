using System.CommandLine;
using System.Globalization;

namespace ImageSig.Cli.Arguments;

/// <summary>A part of work for one machine or process: of n, the k-th training or image and every n-th after it.</summary>
/// <param name="Number">k, from 1.</param>
/// <param name="Count">n.</param>
internal sealed record ShardOfWork(int Number, int Count)
{
    private const int Max = 10_000;

    /// <summary><c>--shard</c>.</summary>
    public static Option<ShardOfWork> Option(string description) => new("--shard")
    {
        Description = description,
        HelpName = "K/N",
        CustomParser = argument => Parse(OptionKinds.Only(argument).Split('/'))
            ?? OptionKinds.Refuse<ShardOfWork>(argument, "--shard", "K/N, such as 2/4, the second of four"),
    };

    /// <summary>Its part of what is to do.</summary>
    public IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Where((_, index) => index % Count == Number - 1);

    /// <summary>The file of a shard beside that of the whole: <c>sweep.2-of-4.csv</c>.</summary>
    public string FileOf(string whole) =>
        Path.Combine(Path.GetDirectoryName(whole) ?? "", $"{Path.GetFileNameWithoutExtension(whole)}.{Number}-of-{Count}{Path.GetExtension(whole)}");

    /// <summary>The files of shards that lie beside that of the whole, in the order of their numbers.</summary>
    public static IEnumerable<(ShardOfWork Shard, string Path)> Beside(string whole)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(whole))!, beginning = $"{Path.GetFileNameWithoutExtension(whole)}.", ending = Path.GetExtension(whole);
        return from path in Directory.EnumerateFiles(folder)
               let name = Path.GetFileName(path)
               where name.StartsWith(beginning, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal) && name.Length > beginning.Length + ending.Length
               let shard = Parse(name[beginning.Length..^ending.Length].Split("-of-"))
               where shard is not null
               orderby shard.Number
               orderby shard.Count
               select (shard, path);
    }

    public override string ToString() => $"{Number}/{Count}";

    private static ShardOfWork? Parse(string[] parts) =>
        parts.Length == 2
        && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
        && number >= 1 && number <= count && count <= Max
            ? new ShardOfWork(number, count)
            : null;
}
