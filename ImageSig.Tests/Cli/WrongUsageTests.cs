using System.IO.Compression;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>WrongUsages.txt holds what people may type by mistake, with the exit code and the one line that they get: no text of the
/// runtime, no temporary name, and nothing is left behind.</summary>
/// <remarks>A row is <c>exit code | arguments | line</c>; <c>~</c> is a folder with the files that <see cref="Furnish"/> makes, <c>{models}</c> and <c>{formats}</c> are those
/// that are known just now (other tests register more). When a message is
/// changed on purpose, the failure shows the row as it is now.</remarks>
public class WrongUsageTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const string Home = "~";

    private static readonly string[] RuntimeWords =
        ["Parameter '", "System.", "Exception", " at ImageSig", ".tmp", "Could not find", "bug", "Object reference", "Value cannot be null", "The path is empty"];

    [Fact]
    public void Two_hundred_wrong_usages_get_one_line_each_and_leave_nothing_behind()
    {
        using TemporaryFolder folder = new();
        Furnish(folder);
        string[] before = Content(folder);
        List<string> wrong = [];
        string[] rows = [.. File.ReadLines(Path.Combine(Folders.Repository, "ImageSig.Tests", "Cli", "WrongUsages.txt")).Where(row => row.Length > 0 && row[0] != '#')];
        foreach (string row in rows)
        {
            string usage = row.Split(" | ")[1];
            Answer answer = Answer.To([.. Words(usage).Select(word => word.StartsWith(Home + "/", StringComparison.Ordinal) ? folder[word[2..]] : word)]);
            string line = WithoutLists(answer.Messages.Replace(folder.Path, Home, StringComparison.Ordinal).TrimEnd('\n'));
            string now = $"{answer.Code} | {usage} | {line}";
            bool isOneLine = answer.Results.Length == 0 && line.StartsWith("imagesig: ", StringComparison.Ordinal) && !line.Contains('\n', StringComparison.Ordinal);
            if (now != row || !isOneLine || RuntimeWords.Any(word => line.Contains(word, StringComparison.Ordinal)) || !Content(folder).SequenceEqual(before))
                wrong.Add(isOneLine ? now : $"{now}{(answer.Results.Length > 0 ? $" (and on standard output: {answer.Results.Split('\n')[0]})" : "")}");
        }
        Assert.True(rows.Length >= 200, $"{rows.Length} wrong usages are listed.");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {rows.Length} rows differ, are more than one line, or left something behind:\n{string.Join('\n', wrong)}");
    }

    /// <summary>Photographs and models, and everything that can be taken for one by mistake.</summary>
    private void Furnish(TemporaryFolder folder)
    {
        SyntheticPhotos.Write(folder["photos"], perClass: 3);
        SyntheticPhotos.Write(folder["others"], perClass: 2, seed: 2);
        SyntheticPhotos.Write(folder["one"], perClass: 2);
        Directory.Delete(folder["one/dark"], recursive: true);
        SyntheticPhotos.Write(folder["single"], perClass: 1);
        SyntheticPhotos.Write(folder["night"], perClass: 2);
        Directory.Move(folder["night/dark"], folder["night/moonless"]);
        SyntheticPhotos.Write(folder["hollow"], perClass: 2);
        Directory.CreateDirectory(folder["hollow/fog"]);
        Directory.CreateDirectory(folder["nothing"]);
        foreach (string name in (string[])["a", "b"])
        {
            Directory.CreateDirectory(folder[$"unreadable/{name}"]);
            File.WriteAllText(folder[$"unreadable/{name}/picture.png"], "no picture");
        }
        Directory.CreateDirectory(folder["files"]);
        byte[] jpeg = SyntheticPhotos.Picture(new Random(1), 100).EncodeJpeg();
        File.WriteAllBytes(folder["files/picture.jpg"], jpeg);
        File.Copy(folder["photos/bright/000.png"], folder["bright.png"]);
        File.Copy(folder["photos/dark/000.png"], folder["dark.png"]);
        File.WriteAllBytes(folder["cut.jpg"], jpeg[..(jpeg.Length / 2)]);
        File.WriteAllText(folder["notes.txt"], "Do not lose me.\n");
        File.WriteAllText(folder["notes.jpg"], "Do not lose me.\n");
        File.WriteAllText(folder["notes.html"], "Do not lose me.\n");
        File.WriteAllText(folder["empty.jpg"], "");
        File.WriteAllText(folder["broken.checkpoint"], "short");

        byte[] model = File.ReadAllBytes(trained.Model);
        File.WriteAllBytes(folder["model"], model);
        File.WriteAllBytes(folder["cut.safetensors"], model[..^10]);
        File.WriteAllBytes(folder["foreign.safetensors"], new SafetensorsFile([new("format", "pt")], [new("weight", [2], [1, 2])]).ToBytes());

        NpyFile.Write<double>(folder["a.npy"], new double[30], 2, 5, 3);
        NpyFile.Write<double>(folder["flat.npy"], new double[30], 30);
        NpyFile.Write<long>(folder["whole.npy"], new long[30], 2, 5, 3);
        using (ZipArchive arrays = ZipFile.Open(folder["several.npz"], ZipArchiveMode.Create))
            foreach (string name in (string[])["a", "b"])
                arrays.CreateEntryFromFile(folder["a.npy"], $"{name}.npy");
        File.WriteAllBytes(folder["cut.npz"], "PK\u0003\u0004"u8);
        File.WriteAllText(folder["words.csv"], "x,y\n0.5,1\n1,y\n");
        File.WriteAllText(folder["ragged.csv"], "0.5,1\n1,2,3\n");
        File.WriteAllText(folder["heading.csv"], "x,y\n");
        byte[] array = File.ReadAllBytes(folder["a.npy"]);
        File.WriteAllBytes(folder["cut.npy"], array[..^10]);
    }

    private static string WithoutLists(string line)
    {
        string[] formats = [.. ImageFormats.Known.Select(format => format.Name)];
        return line.Replace(Listed(ModelKinds.Names, "or"), "{models}", StringComparison.Ordinal).Replace(Listed(formats, "and"), "{formats}", StringComparison.Ordinal);

        static string Listed(IReadOnlyList<string> names, string last) => $"{string.Join(", ", names.SkipLast(1))} {last} {names[^1]}";
    }

    private static string[] Content(TemporaryFolder folder) =>
    [
        .. Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {(File.Exists(path) ? $"{new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path):O}" : "")}"),
    ];

    /// <summary>Words with one space between them; <c>""</c> is an empty one.</summary>
    private static IEnumerable<string> Words(string usage) => usage.Length == 0 ? [] : usage.Split(' ').Select(word => word == "\"\"" ? "" : word);
}
