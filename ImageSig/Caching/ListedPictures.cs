using System.Globalization;
using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A cache as a data set: the images that its list names, without their files. In memory are 16 bytes an image.</summary>
internal sealed class ListedPictures : ImageSet
{
    private readonly string folder, pictures;
    private readonly int shards;
    private readonly ImageCache cache;
    private readonly Targets targets;

    // [N] Where each image's line of the list begins, and the place of its picture; −1 where it cannot be read.
    private readonly long[] lines;
    private readonly int[] places;
    private readonly CacheFile file;

    private ListedPictures(string folder, PictureListJson header, int part, ImageCache cache, CacheFile file, Targets targets, long[] lines, int[] places)
    {
        (this.folder, this.cache, this.file, this.targets, this.lines, this.places) = (folder, cache, file, targets, lines, places);
        (pictures, shards) = (header.Pictures, header.Shards);
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
        Part[] parts = [];
        PictureListJson header = PictureList.Read(folder, (image, line) => parts[image.Part].Add(image, line), known => parts = [.. known.Counts.Select(count => new Part(count, known.AsksQuestions))]);
        CacheContent content = CacheReport.ContentsOf(folder).FirstOrDefault(content => content.FileName == header.Pictures)
            ?? throw new DatasetException($"{folder}: its list names pictures in {header.Pictures}.data, which is not there or damaged.");
        CacheFile file = cache.FileOf(content);
        PictureList.Read(folder, (image, _) =>
        {
            int place = image.Key is null ? -1 : file.Find(UInt128.Parse(image.Key, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            parts[image.Part].Places[image.Index] = place >= 0 || image.Key is null ? place : throw Lost(folder, image.Name, image.Index, header.Shards);
        });
        return ImageSplits.Of(part => header.Counts[(int)part] == 0 ? null : Of(parts[(int)part], (int)part));

        ListedPictures Of(Part part, int number)
        {
            if (part.Lines.Contains(0))
                throw new DatasetException($"{folder}: {PictureList.Read(folder)!.Missing()}, and put the caches together (imagesig cache merge).");
            Targets targets = part.Answers is { } answers ? new AnswerTargets(header.Names, answers!) : new ClassTargets(header.Names, part.Labels);
            return new ListedPictures(folder, header, number, cache, file, targets, part.Lines, part.Places);
        }
    }

    public override string NameOf(int index) => LineOf(index).Name;

    internal override bool Keeps(int index, FeatureOptions features) => true;

    internal override void CheckHolds(FeatureOptions features)
    {
        CacheContent wanted = CacheContent.Pictures(features);
        if (wanted.FileName != pictures)
            throw new DatasetException($"{folder}: the pictures of this cache have {file.Content.Differences(wanted)}; ask for them as they are, or fill another cache from the images (imagesig features --cache).");
    }

    protected override Image Decode(int index, DecodeOptions options) =>
        throw new ImageFormatException($"{NameOf(index)}: of this image only a picture of {file.Content.Name} is here, in {folder}.");

    protected override Image DecodeFitted(int index, FeatureOptions features)
    {
        CheckHolds(features);
        if (places[index] < 0)
        {
            ListedPictureJson line = LineOf(index);
            throw ImageReader.Refusal(line.Name, line.Reason ?? "it cannot be read.");
        }
        Image image = Image.Uncleared(features.Width, features.Height);
        return file.TryRead(places[index], image.Pixels) ? image : throw Lost(folder, NameOf(index), index, shards);
    }

    /// <summary>Not left out like an image that cannot be read: this one can, and without it another model would come out.</summary>
    private static DatasetException Lost(string folder, string name, int index, int shards) => new(
        $"{folder}: the picture of {name} is missing or damaged; do shard {(index % shards) + 1}/{shards} again (imagesig features --cache), unless it is whole, and put the caches together again (imagesig cache merge).");

    private ListedPictureJson LineOf(int index)
    {
        using StreamReader reader = new(PictureList.PathIn(folder));
        reader.BaseStream.Position = lines[index];
        return JsonFields.Read(reader.ReadLine()!, ListedPictureJson.Read);
    }

    /// <summary>What is kept of the images of one part, in their order; a line that begins at 0 is none, for the set comes first.</summary>
    private sealed class Part(int count, bool asksQuestions)
    {
        public long[] Lines { get; } = new long[count];

        public int[] Places { get; } = new int[count];

        public int[] Labels { get; } = new int[count];

        public bool?[]?[]? Answers { get; } = asksQuestions ? new bool?[count][] : null;

        public void Add(ListedPictureJson image, long line)
        {
            (Lines[image.Index], Labels[image.Index]) = (line, image.Label);
            if (Answers is not null)
                Answers[image.Index] = [.. image.Answers!.Select(answer => answer switch { '1' => true, '0' => false, _ => (bool?)null })];
        }
    }
}

/// <summary>A cache that lists a data set.</summary>
internal sealed class ListedPicturesKind : ImageSetKind
{
    public override string Name => "cache";

    /// <summary>Lists of this name are in data sets of other programs too: a cache has pictures beside it.</summary>
    public override bool Recognizes(string path) => File.Exists(PictureList.PathIn(path)) && CacheReport.ContentsIfAny(path).Count > 0;

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
