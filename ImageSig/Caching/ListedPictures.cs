using System.Globalization;
using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A cache as a data set: the images that its list names, without their files. In memory are 16 bytes an image.</summary>
internal sealed class ListedPictures : ImageSet
{
    private readonly string folder, pictures;
    private readonly ImageCache cache;
    private readonly Targets targets;

    // [N] Where each image's line of the list begins, and the place of its picture; −1 where it cannot be read.
    private readonly long[] lines;
    private readonly int[] places;
    private readonly CacheFile file;

    private ListedPictures(string folder, PictureListJson header, int part, ImageCache cache, CacheFile file, Targets targets, long[] lines, int[] places)
    {
        (this.folder, this.cache, this.file, this.targets, this.lines, this.places) = (folder, cache, file, targets, lines, places);
        pictures = header.Pictures;
        Name = header.Counts.Count(count => count > 0) > 1 ? $"{folder} ({SplitNames.Of((SplitPart)part)})" : folder;
    }

    public override string Name { get; }

    public override Targets Targets => targets;

    internal override ImageCache Cache => cache;

    /// <summary>Opens the data set of a cache.</summary>
    /// <exception cref="DatasetException">Images are missing, or the list is damaged.</exception>
    public static ImageSplits OpenSplits(string folder)
    {
        ImageCache cache = ImageCache.Open(folder);
        List<(int Part, int Index, int Label, string? Answers, long Line, int Place)> images = [];
        PictureListJson header = PictureList.Read(folder, (image, line) => images.Add((image.Part, image.Index, image.Label, image.Answers, line, -1)));
        CacheContent content = CacheReport.ContentsOf(folder).FirstOrDefault(content => content.FileName == header.Pictures)
            ?? throw new DatasetException($"{folder}: its list names pictures in {header.Pictures}.data, which is not there or damaged.");
        CacheFile file = cache.FileOf(content);
        int at = 0;
        PictureList.Read(folder, (image, _) =>
        {
            images[at] = images[at] with { Place = image.Key is null ? -1 : file.Find(UInt128.Parse(image.Key, NumberStyles.HexNumber, CultureInfo.InvariantCulture)) };
            at++;
        });
        return ImageSplits.Of(part => header.Counts[(int)part] == 0 ? null : Of(part));

        ListedPictures Of(SplitPart part)
        {
            var mine = images.Where(image => image.Part == (int)part).OrderBy(image => image.Index).ToArray();
            if (mine.Length != header.Counts[(int)part] || mine.Where((image, i) => image.Index != i).Any())
                throw new DatasetException($"{folder}: {PictureList.Read(folder)!.Missing()}, and put the caches together (imagesig cache merge).");
            Targets targets = header.AsksQuestions
                ? new AnswerTargets(header.Names, [.. mine.Select(image => AnswersOf(image.Answers!))])
                : new ClassTargets(header.Names, [.. mine.Select(image => image.Label)]);
            return new ListedPictures(folder, header, (int)part, cache, file, targets, [.. mine.Select(image => image.Line)], [.. mine.Select(image => image.Place)]);
        }
    }

    public override string NameOf(int index) => LineOf(index).Name;

    internal override bool Keeps(int index, FeatureOptions features) => true;

    internal override void CheckHolds(FeatureOptions features)
    {
        if (CacheContent.Pictures(features).FileName != pictures)
            throw new DatasetException($"{folder}: it holds {file.Content.Description[2..]}; {CacheContent.Pictures(features).Description[2..]} are wanted: fill another cache, or choose other options.");
    }

    protected override Image Decode(int index, DecodeOptions options) =>
        throw new ImageFormatException($"{NameOf(index)}: of this image only a picture of {file.Content.Name} is here, in {folder}.");

    protected override Image DecodeFitted(int index, FeatureOptions features)
    {
        CheckHolds(features);
        if (places[index] < 0 && LineOf(index) is { Reason: { } reason } line)
            throw ImageReader.Refusal(line.Name, reason);
        Image image = Image.Uncleared(features.Width, features.Height);
        return places[index] >= 0 && file.TryRead(places[index], image.Pixels)
            ? image : throw ImageReader.Refusal(NameOf(index), $"its picture is missing or damaged in {folder}; fill the cache once more.");
    }

    private static bool?[] AnswersOf(string answers) => [.. answers.Select(answer => answer switch { '1' => true, '0' => false, _ => (bool?)null })];

    private ListedPictureJson LineOf(int index)
    {
        using StreamReader reader = new(PictureList.PathIn(folder));
        reader.BaseStream.Position = lines[index];
        return System.Text.Json.JsonSerializer.Deserialize(reader.ReadLine()!, PictureListSerializer.Default.ListedPictureJson)!;
    }
}

/// <summary>A cache that lists a data set.</summary>
internal sealed class ListedPicturesKind : ImageSetKind
{
    public override string Name => "cache";

    public override bool Recognizes(string path) => File.Exists(PictureList.PathIn(path));

    public override ImageSet Open(string path, int minClasses) => OpenSplits(path, minClasses).Training;

    public override ImageSplits OpenSplits(string path, int minClasses)
    {
        if (!Recognizes(path))
            throw new DatasetException($"{path}: there is no list of pictures in it; fill it with imagesig features --cache.");
        ImageSplits splits = ListedPictures.OpenSplits(path);
        return splits.Training.Targets.Names.Count >= minClasses || splits.Training.AsksQuestions
            ? splits : throw new DatasetException($"{path}: only one class found ('{splits.Training.Targets.Names[0]}'), at least {minClasses} expected.");
    }
}
