using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Imaging;

namespace ImageSig.Cli.Predict;

/// <summary>Asks models about files, several at a time, and tells the answers in the order of the files. Only a few files are ahead of what is told, so that memory does
/// not grow with their number.</summary>
/// <param name="terminal">Where complaints go.</param>
/// <param name="classifiers">The models.</param>
/// <param name="models">Their files, as they were given.</param>
/// <param name="rule">What counts as an answer.</param>
/// <param name="writer">Where answers go.</param>
/// <param name="folders">Where files go by their label; null to leave them.</param>
/// <param name="expected">The label that every answer must have; null for any.</param>
internal sealed class PredictRun(
    Terminal terminal, ClassifierSet classifiers, IReadOnlyList<string> models, AnswerRule rule, PredictionWriter writer, LabelFolders? folders, string? expected)
{
    private readonly SparePrinting printing = new(terminal, "sorting");
    private bool failed, answered, surprised;

    /// <summary>Answers for files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="threads">How many at a time.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The exit code. Where there is no file, as in an empty list, nothing failed.</returns>
    public int Over(IEnumerable<InputFile> files, int threads, CancellationToken cancellation)
    {
        Queue<Asked> ahead = [];
        bool asked = false;
        using IEnumerator<InputFile> walk = files.GetEnumerator();
        while (Advance(walk, ahead, cancellation))
        {
            (string file, bool needed) = walk.Current;
            asked = true;
            cancellation.ThrowIfCancellationRequested();
            if (threads == 1 || StandardInput.Is(file))
            {
                TellAll(ahead, cancellation);
                Tell(file, needed, Pictures(file, () => StandardInput.Is(file) ? OfInput(cancellation) : OfOne(file)), cancellation);
                continue;
            }
            ahead.Enqueue(new(walk.Current, Task.Run(() => OfOne(file), CancellationToken.None)));
            // As many again wait for their turn, so that a slow image does not leave the other threads without work.
            if (ahead.Count >= 2 * threads)
                TellNext(ahead, cancellation);
        }
        TellAll(ahead, cancellation);
        if (!asked)
        {
            terminal.Complain("the list names no image; there is nothing to answer.");
            return ExitCode.Done;
        }
        return failed || !answered || printing.HasFailed ? ExitCode.Failed : surprised ? ExitCode.Unexpected : ExitCode.Done;
    }

    /// <summary>The next file. Where no further one can be found, what was answered before is told first.</summary>
    private bool Advance(IEnumerator<InputFile> walk, Queue<Asked> ahead, CancellationToken cancellation)
    {
        try
        {
            return walk.MoveNext();
        }
        catch
        {
            TellAll(ahead, cancellation);
            throw;
        }
    }

    private void TellAll(Queue<Asked> ahead, CancellationToken cancellation)
    {
        while (ahead.Count > 0)
            TellNext(ahead, cancellation);
    }

    private void TellNext(Queue<Asked> ahead, CancellationToken cancellation)
    {
        ((string file, bool needed), Task<IReadOnlyList<Prediction>?> answers) = ahead.Dequeue();
        Tell(file, needed, Pictures(file, answers.GetAwaiter().GetResult), cancellation);
    }

    private void Tell(string file, bool needed, IEnumerable<(string Name, IReadOnlyList<Prediction> Answers)> pictures, CancellationToken cancellation)
    {
        using IEnumerator<(string Name, IReadOnlyList<Prediction> Answers)> all = pictures.GetEnumerator();
        while (Next(all, needed))
        {
            (string name, IReadOnlyList<Prediction> answers) = all.Current;
            // Told afterwards, so that a log names no image which was not sorted.
            if (name == file && folders is not null && !WasPut(folders, file, needed, rule.Label(answers[0])))
                continue;
            foreach ((string model, Prediction prediction) in models.Zip(answers))
            {
                if (folders is null)
                    writer.Write(name, model, prediction);
                else
                    printing.Do(() => writer.Write(name, model, prediction));
                surprised |= expected is not null && !rule.IsAsExpected(prediction, expected);
            }
            cancellation.ThrowIfCancellationRequested();
            answered = true;
        }
    }

    /// <summary>Somebody else may tidy up the same folder; that nothing can be written is another matter, and ends the run.</summary>
    private bool WasPut(LabelFolders folders, string file, bool needed, string label)
    {
        try
        {
            folders.Put(file, label);
            return true;
        }
        catch (FileNotFoundException gone)
        {
            terminal.Complain(gone.Message);
            failed |= needed;
            return false;
        }
    }

    /// <summary>Answers the next picture. One bad image must not hide the answers for the others; that nothing can be written is another matter, and ends the run.</summary>
    private bool Next(IEnumerator<(string Name, IReadOnlyList<Prediction> Answers)> pictures, bool needed)
    {
        try
        {
            return pictures.MoveNext();
        }
        catch (Exception problem) when (ImageReader.IsUnreadable(problem))
        {
            terminal.Complain(Failures.Describe(problem));
            failed |= needed;
            return false;
        }
    }

    /// <summary>Whether a file holds many pictures; one that cannot be looked into is told when it is answered.</summary>
    private static bool HoldsMany(string file)
    {
        try
        {
            return ImageReader.IsOrdinaryFile(file) && MotionJpegReader.IsMotionJpeg(file);
        }
        catch (Exception problem) when (ImageReader.IsUnreadable(problem))
        {
            return false;
        }
    }

    /// <summary>The answers for a file that holds one picture; null for one that holds many.</summary>
    private IReadOnlyList<Prediction>? OfOne(string file) => HoldsMany(file) ? null : classifiers.Predict(file);

    /// <summary>The answers for one file: one for each picture in it, which in motion JPEG are many, <c>clip.mjpeg#1</c> and so on.</summary>
    private IEnumerable<(string Name, IReadOnlyList<Prediction> Answers)> Pictures(string file, Func<IReadOnlyList<Prediction>?> ofOne)
    {
        if (ofOne() is { } only)
            yield return (file, only);
        else
        {
            if (folders is not null)
            {
                terminal.Complain($"{file}: a file of many pictures has many labels; it stays where it is.");
                failed = true;
            }
            foreach (MovingPrediction frame in classifiers.PredictFrames(file))
                if (frame.Predictions is { } answers)
                    yield return ($"{file}#{frame.Frame}", answers);
                else
                    terminal.Complain($"{file}#{frame.Frame}: {frame.Problem}");
        }
    }

    private IReadOnlyList<Prediction> OfInput(CancellationToken cancellation)
    {
        using RememberedStream input = new(StandardInput.OpenStoppable(cancellation));
        try
        {
            // Told at the second picture already: a camera's stream has no end.
            if (MotionJpegReader.IsMotionJpeg(input))
            {
                terminal.Complain("standard input holds several pictures (motion JPEG), of which the first is answered; 'imagesig watch' answers them all.");
                return classifiers.Predict(input.Seen);
            }
            return classifiers.Predict(input.Whole());
        }
        catch (ImageFormatException problem)
        {
            throw new ImageFormatException($"standard input: {problem.Message}", problem);
        }
    }

    /// <summary>A file and its answers to come.</summary>
    private sealed record Asked(InputFile File, Task<IReadOnlyList<Prediction>?> Answers);
}
