using System.Diagnostics;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Comparison;

/// <summary>Trains contestants one after the other on the same images, and judges them on the same others.</summary>
internal sealed class Contest
{
    private const double HeldBack = 0.2;

    /// <summary>Files that the time of one image is taken over, and how often.</summary>
    private const int TimedImages = 100, TimedRounds = 3;

    /// <summary>A timer knows no longer wait than 49.7 days; where more is given, 49 are as good as no end.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    private readonly ImageSplits sets;
    private readonly ImageSet test;
    private readonly IReadOnlyList<string> classes;
    private readonly int[] testClasses;
    private readonly ContestSettings settings;

    /// <param name="data">Where nothing is kept for testing, a fifth of every class is held back for it.</param>
    /// <param name="settings">For all.</param>
    /// <exception cref="DatasetException">Nothing is kept for testing, and nothing can be held back.</exception>
    public Contest(ImageSplits data, ContestSettings settings)
    {
        this.settings = settings;
        classes = data.Training.ToClasses().Classes;
        if (data.Test is { } kept)
        {
            (sets, test) = (data, kept);
            TestSet = $"{kept.Count} test images of {kept.Name}";
        }
        else
        {
            StratifiedSplit split = StratifiedSplit.Draw(data.Training.ToClasses().Labels, HeldBack, settings.Seed);
            if (split.Validation.Count == 0)
                throw new DatasetException($"{data.Training.Name}: no class has more than one image, so that none can be held back to judge the models on; add images, or keep some in a folder named test.");
            test = new ImageSubset(data.Training, split.Validation, data.Training.Name);
            sets = data with { Training = new ImageSubset(data.Training, split.Training, data.Training.Name) };
            TestSet = $"{test.Count} images of {test.Name}, a fifth of every class that was held back from all training";
        }
        testClasses = ClassNames.IndicesOf(test, classes, $"{data.Training.Name} has no class");
    }

    /// <summary>A checksum of images and settings.</summary>
    public string Stamp => (sets with { Test = test }).Stamp($"{settings.Seed} {settings.Epochs}");

    /// <summary>What all are judged on, in words.</summary>
    public string TestSet { get; }

    /// <summary>Trains and judges.</summary>
    /// <param name="contestants">In this order.</param>
    /// <param name="known">What came of some of them, and of others, before: none of these is trained again, and all are judged with the new ones.</param>
    /// <param name="time">For all together; whoever is at work when it ends is left out, and so are those behind.</param>
    /// <param name="done">Told after each contestant what came so far, and given what was trained, null where nothing was.</param>
    /// <param name="progressOf">Whom to tell of a contestant's training.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public ComparisonResult Run(
        IReadOnlyList<Contestant> contestants, IReadOnlyList<ComparisonEntry> known, TimeSpan time, Action<ComparisonResult, string, Trained?> done, Func<string, IProgress<PipelineProgress>?> progressOf,
        CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        ComparisonResult result = new(TestSet, known, []);
        foreach (Contestant contestant in contestants)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (known.Any(entry => entry.Name == contestant.Name))
            {
                done(result, contestant.Name, null);
                continue;
            }
            TimeSpan left = time - Stopwatch.GetElapsedTime(start);
            Trained? trained = null;
            try
            {
                (ComparisonEntry entry, trained) = Try(contestant, left, progressOf(contestant.Name), cancellationToken);
                result = result with { Entries = [.. result.Entries, entry] };
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // A timer may be a little early by this clock.
                time = TimeSpan.Zero;
                result = result with { LeftOut = [.. result.LeftOut, (contestant.Name, "no time was left")] };
            }
            catch (SettingException impossible)
            {
                result = result with { LeftOut = [.. result.LeftOut, (contestant.Name, impossible.Message)] };
            }
            done(result, contestant.Name, trained);
        }
        return result;
    }

    private (ComparisonEntry Entry, Trained Trained) Try(Contestant contestant, TimeSpan left, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        if (left <= TimeSpan.Zero)
            throw new OperationCanceledException();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(left < LongestWait ? left : LongestWait);
        long start = Stopwatch.GetTimestamp();
        Trained trained = contestant.Train(sets, settings, progress, ending.Token);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return (Judge(contestant, trained, elapsed, cancellationToken), trained);
    }

    private ComparisonEntry Judge(Contestant contestant, Trained trained, TimeSpan trainingTime, CancellationToken cancellationToken)
    {
        float[][] answers = new float[test.Count][];
        string?[] unreadable = SetReader.Read(
            test, 0, test.Count, trained.Extractor, (index, image) => trained.Answer(image, answers[index] = new float[classes.Count]), settings.Threads,
            new ProgressMeter(test.Count, null), cancellationToken);
        ConfusionMatrix confusion = new(classes.Count);
        CalibrationError calibration = new();
        for (int index = 0; index < answers.Length; index++)
            if (unreadable[index] is null)
            {
                int label = testClasses[test.ToClasses().Labels[index]], answer = ConfusionMatrix.Best(answers[index]);
                confusion.Add(label, answer);
                calibration.Add(answers[index][answer], answer == label);
            }
        if (confusion.Count == 0)
            throw new DatasetException($"{test.Name}: no image can be read; the first one, {test.NameOf(0)}: {unreadable[0]}");
        int[] readable = [.. Sequences.Range(0, test.Count).Where(index => unreadable[index] is null).Take(TimedImages)];
        return new ComparisonEntry(
            contestant.Name, contestant.Description, confusion.Count, confusion.Accuracy, confusion.BalancedAccuracy, calibration.Value, trained.Parameters,
            trained.Bytes, trained.MultiplyAdds, Microseconds(trained, readable), trainingTime);
    }

    /// <summary>The mean over some images of the time from file to answer, on this thread.</summary>
    private double Microseconds(Trained trained, int[] images)
    {
        float[] chances = new float[classes.Count];
        return AnswerTime.Of(images.Length, TimedRounds, Answer, TimeProvider.System).TotalMicroseconds;

        void Answer(int index) => trained.Answer(trained.Extractor.Fit(test.Read(images[index], trained.Extractor.Options)), chances);
    }
}
