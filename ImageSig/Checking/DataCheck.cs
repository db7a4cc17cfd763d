using System.Globalization;
using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig.Checking;

/// <summary>A data set, looked through for what spoils a training or its figures.</summary>
/// <param name="Images">Every picture of every part.</param>
/// <param name="Findings">What was found, by kind, the worst first.</param>
internal sealed record DataCheck(IReadOnlyList<CheckedImage> Images, IReadOnlyList<CheckFinding> Findings)
{
    private const double EmptyBelow = 3, BlurryBelow = 0.0015, LongFrom = 5;
    private const int TinyBelow = 32;

    private static readonly FeatureOptions Seen = new() { Width = PictureFacts.Side, Height = PictureFacts.Side, ScaledDecoding = true };

    /// <summary>Looks through all parts of a data set.</summary>
    /// <param name="splits">The data set.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told of every picture.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DatasetException">Its images have no classes.</exception>
    public static DataCheck Run(ImageSplits splits, int threads, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ImageSet[] sets = [.. ((ImageSet?[])[splits.Training, splits.Validation, splits.Test]).OfType<ImageSet>()];
        (ImageSet Set, int Index)[] places = [.. sets.SelectMany(set => Sequences.Range(0, set.Count).Select(index => (set, index)))];
        CheckedImage[] images = new CheckedImage[places.Length];
        ProgressMeter meter = ProgressMeter.Of(PipelineStage.Decode, places.Length, progress);
        ParallelLoop.For(
            places.Length, threads,
            i =>
            {
                images[i] = Look(places[i].Set, places[i].Index);
                meter.Advance();
            },
            cancellationToken);
        CheckFinding[] findings = [.. sets.OfType<ImageFolder>().SelectMany(Empty), .. Alike(images), .. images.SelectMany((image, index) => Single(image, index))];
        return new DataCheck(images, [.. findings.OrderBy(finding => finding.Kind)]);
    }

    /// <summary>With likely wrong labels of a part too, found by training on four fifths of it five times. Labels that cannot be judged so are left as they are (<see cref="LabelCheck.Lack"/>).</summary>
    /// <param name="set">A part that was looked through.</param>
    /// <param name="recipe">How to train; every image counts, so that no part of the four fifths is held back to choose an epoch.</param>
    /// <param name="progress">Told of each training.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public DataCheck WithLabels(ImageSet set, TrainingRecipe recipe, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!LabelCheck.IsPossible(set))
            return this;
        CrossValidation judged = CrossValidation.Run(set, recipe with { Validation = 0 }, LabelCheck.Folds, new() { TrainsOnFew = true }, progress, cancellationToken);
        int first = Sequences.Range(0, Images.Count).First(index => Images[index].Set == set);
        return this with { Findings = [.. Findings.Concat(LabelCheck.Of(first, set.ToClasses().Labels, judged)).OrderBy(finding => finding.Kind)] };
    }

    /// <summary>Whether pictures that are alike have different labels: then nobody knows which of them to keep but who looks.</summary>
    /// <param name="images">All pictures.</param>
    /// <param name="group">Those that are alike.</param>
    public static bool AreDisputed(IReadOnlyList<CheckedImage> images, IReadOnlyList<int> group)
    {
        string first = CanonicalForm.Of(images[group[0]].Label);
        return group.Any(i => CanonicalForm.Of(images[i].Label) != first);
    }

    private static CheckedImage Look(ImageSet set, int index)
    {
        ClassTargets targets = set.ToClasses();
        string name = set.NameOf(index), label = targets.Classes[targets.Labels[index]];
        ImageInfo? info = null;
        try
        {
            info = ImageReader.IsOrdinaryFile(name) ? ImageInfo.Load(name) : null;
            return new CheckedImage(set, index, label, info, new PictureFacts(Resize.Fit(set.Read(index, Seen), Seen.Width, Seen.Height, Seen.Fit)), Problem: null);
        }
        catch (Exception problem) when (ImageReader.IsUnreadable(problem))
        {
            return new CheckedImage(set, index, label, info, Facts: null, ImageReader.Reason(problem));
        }
    }

    private static IEnumerable<CheckFinding> Empty(ImageFolder folder) =>
        folder.EmptyClasses.Select(label => new CheckFinding(CheckKind.EmptyClass, [], "holds no file") { Class = new CheckedClass(folder, label) });

    private static IEnumerable<CheckFinding> Alike(CheckedImage[] images)
    {
        foreach (int[] group in Lookalikes.Group([.. images.Select(image => image.Facts)]))
        {
            CheckedImage first = images[group[0]];
            bool isLeak = group.Any(i => images[i].Set != first.Set), isDisputed = AreDisputed(images, group);
            bool same = group.All(i => images[i].Facts!.Pixels == first.Facts!.Pixels);
            CheckFinding finding = new(isLeak ? CheckKind.Leak : isDisputed ? CheckKind.TwoLabels : CheckKind.Duplicate, group, same ? "the same pixels" : "nearly the same picture");
            yield return finding;
            if (isLeak && isDisputed)
                yield return finding with { Kind = CheckKind.TwoLabels };
        }
    }

    private static IEnumerable<CheckFinding> Single(CheckedImage image, int index)
    {
        if (image.Problem is { } problem)
            yield return Of(CheckKind.Unreadable, $"{problem}");
        if (image.Facts is { } facts)
        {
            if (facts.Levels.Contrast < EmptyBelow)
                yield return Of(CheckKind.Empty, $"levels differ by {facts.Levels.Contrast:F1}");
            else if (facts.Sharpness < BlurryBelow)
                yield return Of(CheckKind.Blurry, $"share of fine detail {100 * facts.Sharpness:F2} %");
            if (facts.Levels.IsDark)
                yield return Of(CheckKind.Dark, $"no level above {facts.Levels.Brightest} of 255");
            if (facts.Levels.IsLight)
                yield return Of(CheckKind.Light, $"no level below {facts.Levels.Darkest} of 255");
        }
        if (image.Info is { } info)
        {
            (int shorter, int longer) = (Math.Min(info.Width, info.Height), Math.Max(info.Width, info.Height));
            if (shorter < TinyBelow)
                yield return Of(CheckKind.Tiny, $"{info.Width}x{info.Height} pixels");
            if (longer >= LongFrom * shorter)
                yield return Of(CheckKind.Aspect, $"{info.Width}x{info.Height} pixels");
        }

        CheckFinding Of(CheckKind kind, FormattableString detail) => new(kind, [index], detail.ToString(CultureInfo.InvariantCulture));
    }
}
