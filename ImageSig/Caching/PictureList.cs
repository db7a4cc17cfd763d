using System.Globalization;
using System.Text;
using System.Text.Json;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>What makes a data set of a cache: which image is which of its pictures. A file of JSON lines in its folder, the set first, then each image.</summary>
/// <param name="Header">The set.</param>
/// <param name="Images">Those that are listed, all of the set or a shard, in any order.</param>
internal sealed record PictureList(PictureListJson Header, IReadOnlyList<ListedPictureJson> Images)
{
    /// <summary>Characters of the longest line: the first one, with the names of many classes.</summary>
    private const int MaxLine = 1 << 24;

    /// <summary>How many images the whole set has.</summary>
    public int Total => Header.Counts.Sum();

    /// <summary>The list of a cache.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "images.jsonl");

    /// <summary>Reads the list of a cache; null where there is none.</summary>
    /// <exception cref="DatasetException">It is damaged; the message names the line.</exception>
    public static PictureList? Read(string folder)
    {
        if (!File.Exists(PathIn(folder)))
            return null;
        List<ListedPictureJson> images = [];
        PictureListJson header = Read(folder, (image, _) => images.Add(image));
        return new PictureList(header, images);
    }

    /// <summary>Reads the list of a cache image by image.</summary>
    /// <param name="folder">The cache.</param>
    /// <param name="take">Given each image, and the byte that its line begins at.</param>
    /// <param name="begin">Given the set, before its images; null for nobody.</param>
    /// <exception cref="DatasetException">It is damaged; the message names the line.</exception>
    public static PictureListJson Read(string folder, Action<ListedPictureJson, long> take, Action<PictureListJson>? begin = null)
    {
        string path = PathIn(folder);
        PictureListJson? header = null;
        long offset = 0;
        int number = 0;
        bool endsInReturn = false;
        using StreamReader reader = new(path);
        while (DelimitedText.ReadLine(reader, MaxLine, ref endsInReturn) is { } line)
        {
            number++;
            if (line.Length > MaxLine)
                throw Refusal(new JsonException($"it is longer than {MaxLine} characters"));
            try
            {
                if (header is null)
                {
                    header = JsonFields.Read(line, PictureListJson.Read) is { Version: 1, Counts.Length: 3, Shards: > 0 } known
                        && known.Counts.All(count => count is >= 0 and < int.MaxValue / 64) ? known : throw Refusal(null);
                    begin?.Invoke(header);
                }
                else
                    take(Checked(JsonFields.Read(line, ListedPictureJson.Read)), offset);
            }
            catch (JsonException problem)
            {
                throw Refusal(problem);
            }
            offset += line.Length + 1;
        }
        return header ?? throw new DatasetException($"{path}: the file is empty.");

        ListedPictureJson Checked(ListedPictureJson image) =>
            image.Part is < 0 or > 2 || image.Index < 0 || image.Index >= header!.Counts[image.Part] || image.Label < 0
                || (!header.AsksQuestions && image.Label >= header.Names.Length) || (header.AsksQuestions && image.Answers?.Length != header.Names.Length)
                || (image.Key is not null && !UInt128.TryParse(image.Key, NumberStyles.HexNumber, null, out _))
                ? throw Refusal(null) : image;

        DatasetException Refusal(Exception? problem) => new(
            $"{path}, line {number}: this is no line of a list of pictures{(problem is null ? "" : $" ({problem.Message.Split('\n')[0]})")}; make it anew (imagesig features --cache, imagesig cache merge).");
    }

    /// <summary>Writes the list of a cache, in the order of the set.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string folder) => AtomicFile.Write(PathIn(folder), stream =>
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header.ToLine());
        foreach (ListedPictureJson image in Images.OrderBy(image => image.Index).OrderBy(image => image.Part))
            writer.WriteLine(image.ToLine());
    });

    /// <summary>How many listed pictures the cache has no entry of.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public int Lacking(string folder)
    {
        CacheContent? content = CacheReport.ContentsIfAny(folder).FirstOrDefault(content => content.FileName == Header.Pictures);
        if (content is null)
            return Images.Count(image => image.Key is not null);
        using CacheFile file = new(folder, content);
        file.Open();
        return Images.Count(image => image.Key is not null && file.Find(UInt128.Parse(image.Key, NumberStyles.HexNumber, CultureInfo.InvariantCulture)) < 0);
    }

    /// <summary>What the list lacks of its set, and what to do about it; null where it lacks nothing.</summary>
    public string? Missing()
    {
        HashSet<(int, int)> there = [.. Images.Select(image => (image.Part, image.Index))];
        int[] shards =
        [
            .. Sequences.Range(0, 3).SelectMany(part => Sequences.Range(0, Header.Counts[part]).Where(index => !there.Contains((part, index))))
                .Select(index => (index % Header.Shards) + 1).Distinct().Order(),
        ];
        return shards.Length == 0 ? null
            : $"{Total - there.Count} of {Total} images of {Header.Set} are missing: do shard {string.Join(", ", shards.Select(shard => $"{shard}/{Header.Shards}"))} again";
    }
}
