using System.Globalization;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Imaging;
using ImageSig.Watching;

namespace ImageSig.Cli.Watch;

/// <summary>One run of <c>watch</c>: takes pictures until there are no more, and tells what changes.</summary>
/// <param name="terminal">Where lines go.</param>
/// <param name="models">The model files.</param>
/// <param name="classifiers">The models, in that order.</param>
/// <param name="options">How answers are steadied.</param>
internal sealed class WatchRun(Terminal terminal, IReadOnlyList<string> models, ClassifierSet classifiers, SteadyOptions options)
{
    private readonly SteadyAnswer[] steady = [.. classifiers.Classifiers.Select(classifier => SteadyAnswer.Of(classifier, options))];
    private readonly SparePrinting printing = new(terminal, "watching");
    private long classified, undecodable, outside;

    /// <summary>Whether every picture has a line, not only changes.</summary>
    public bool EveryFrame { get; init; }

    /// <summary>Whether pictures unlike all classes are taken for one of them.</summary>
    public bool AcceptAll { get; init; }

    /// <summary>Who is told of changes, beside the output.</summary>
    public IReadOnlyList<IChangeListener> Listeners { get; init; } = [];

    /// <summary>The part of each picture to look at; null for the whole.</summary>
    public Region? Region { get; init; }

    /// <summary>The part of the day to look in; null for all of it.</summary>
    public DailyHours? Hours { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whoever must know that work goes on.</summary>
    public ServiceManager? Manager { get; init; }

    /// <summary>Told of each picture that was classified.</summary>
    public Sight? Sight { get; init; }

    /// <summary>Who keeps hard pictures: the unknown, the uncertain, those of a change.</summary>
    public HardFrames? Kept { get; init; }

    /// <summary>Who names the files that cannot be read.</summary>
    public DamagedFiles? DamagedFiles { get; init; }

    /// <summary>Runs until the feed ends, or is stopped; then says in a line what became of all pictures.</summary>
    public void Run(FrameFeed feed, CancellationToken cancellation)
    {
        Manager?.Ready();
        try
        {
            while (feed.TryTake(out ReadOnlySpan<byte> frame, cancellation))
            {
                Manager?.Alive();
                Kept?.KeepDue();
                if (Hours is { } hours && !hours.Contains(TimeOnly.FromDateTime(Clock.GetLocalNow().DateTime)))
                {
                    outside++;
                    Sight?.Seen();
                }
                else
                    Look(feed, frame);
            }
            if (classified + outside == 0 && undecodable > 0)
                throw new IOException("none of the pictures that came could be read.");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Being stopped is how watching ends.
        }
        finally
        {
            Manager?.Stopping();
            Kept?.KeepAll();
            // A stream that never was one of pictures has its own line.
            if (feed.Frames > 0 || cancellation.IsCancellationRequested)
                terminal.Complain($"{Quantity.Count(classified)} {(classified == 1 ? "picture" : "pictures")} classified, {Quantity.Count(feed.Dropped)} dropped for newer ones, {Quantity.Count(feed.Damaged + undecodable)} damaged{(Hours is null ? "" : $", {Quantity.Count(outside)} outside the hours")}.");
        }
    }

    private void Look(FrameFeed feed, ReadOnlySpan<byte> frame)
    {
        IReadOnlyList<Prediction> answers;
        try
        {
            answers = Region is not null ? classifiers.Predict(Region.Of(Whole(feed, frame)))
                : feed.Layout is { } layout ? classifiers.Predict(frame, layout)
                : classifiers.Predict(frame);
        }
        catch (ImageFormatException problem)
        {
            undecodable++;
            // Those of a stream have no names: the first stands for all.
            DamagedFiles?.Name(feed.Current ?? "a picture of the stream", problem.Message);
            return;
        }
        classified++;
        DateTime time = Clock.GetUtcNow().UtcDateTime;
        List<WatchJson> lines = [];
        List<HardAnswer> hard = [];
        for (int i = 0; i < answers.Count; i++)
        {
            Prediction answer = AcceptAll ? answers[i] with { IsUnknown = false } : answers[i];
            string? before = steady[i].Label;
            bool changes = steady[i].Take(answer);
            string now = answer.IsUnknown ? NegativeClass.Answer : answer.Label;
            if (changes || answer.IsUnknown || answer.Confidence < options.MinConfidence)
                hard.Add(new(i, answer.Attributes is null ? now : answer.Probabilities.MinBy(chance => Math.Abs(chance.Probability - 0.5f)).Class, answer.Confidence, changes));
            if (changes || EveryFrame)
                lines.Add(new(
                    time.ToString("O", CultureInfo.InvariantCulture), models[i], steady[i].Label, Rounded(steady[i].Confidence), changes ? before : null, changes, now, Rounded(answer.Confidence),
                    feed.Number, feed.Dropped, feed.Damaged + undecodable, feed.Current, Kept: null));
        }
        string? kept = Kept?.Take(frame, time, hard);
        foreach (WatchJson line in lines)
            Tell(line with { Kept = kept });
        // That something is seen comes after what it is.
        Sight?.Seen();

        static double Rounded(double share) => Math.Round(share, 4);
    }

    private static Image Whole(FrameFeed feed, ReadOnlySpan<byte> frame) =>
        feed.Layout is { } layout ? Image.FromPixels(frame, layout) : Image.Decode(frame, new DecodeOptions { Strict = true });

    private void Tell(WatchJson line)
    {
        Print(line);
        if (!line.Changed)
            return;
        foreach (IChangeListener listener in Listeners)
            listener.Changed(line);
    }

    /// <summary>Prints a line. That it cannot be printed ends the run, unless there is something else to do.</summary>
    private void Print(WatchJson line)
    {
        if (Listeners.Count > 0 || Kept is not null)
            printing.Do(Write);
        else
            Write();

        void Write()
        {
            terminal.Results.WriteLine(JsonMembers.Line(line.Members));
            terminal.Results.Flush();
        }
    }
}
