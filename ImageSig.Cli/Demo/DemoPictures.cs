using ImageSig.Cli.Display;
using ImageSig.Tensors;

namespace ImageSig.Cli.Demo;

/// <summary>The demo's data set on disk: <c>train</c> and <c>test</c>, each with the classes <c>cracked</c> and <c>sound</c>.</summary>
/// <param name="folder">The folder of the demo.</param>
/// <param name="seed">Decides every picture; no picture is in both sets.</param>
/// <param name="training">Pictures per class to train on.</param>
/// <param name="testing">Pictures per class to test on.</param>
internal sealed class DemoPictures(string folder, ulong seed, int training, int testing)
{
    public string TrainingFolder { get; } = Path.Combine(folder, "train");

    public string TestFolder { get; } = Path.Combine(folder, "test");

    /// <summary>How many there are in all.</summary>
    public int Count => 2 * (training + testing);

    /// <summary>How many of them are on the disk.</summary>
    public int Drawn => Sequences.Range(0, Count).Count(number => File.Exists(PathOf(number)));

    /// <summary>Draws them all.</summary>
    /// <exception cref="IOException">The folders hold files that the demo did not draw, or cannot be written.</exception>
    public void Draw(ProgressDisplay progress, CancellationToken cancellation)
    {
        string[] paths = [.. Sequences.Range(0, Count).Select(number => PathOf(number))];
        RefuseForeignFiles([.. paths.Select(Path.GetFullPath)]);
        foreach (string path in paths)
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ProgressMeter meter = new(Count, (done, perSecond) => progress.Report(new StageProgress("draw", done, Count, perSecond)));
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, number =>
        {
            // Waiting for the disk after each of so many small files would take longer than drawing them.
            AtomicFile.Write(paths[number], ConcretePicture.Draw(seed, (uint)number, IsCracked(number)).EncodePng, flush: false);
            meter.Advance();
        });
    }

    /// <summary>The file of a test picture.</summary>
    public string TestPicture(int index) => PathOf(2 * training + index);

    private string PathOf(int number) => Path.Combine(
        number < 2 * training ? TrainingFolder : TestFolder, IsCracked(number) ? "cracked" : "sound", $"{number:D4}.png");

    private static bool IsCracked(int number) => number % 2 == 0;

    /// <summary>Pictures of someone else would be trained on, and those of an earlier run are simply drawn again.</summary>
    private void RefuseForeignFiles(HashSet<string> ours)
    {
        foreach (string part in (string[])[TrainingFolder, TestFolder])
            if (Directory.Exists(part))
                foreach (string file in Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories))
                    if (!ours.Contains(Path.GetFullPath(file)))
                        throw new IOException($"{file} is not of this demo; choose another folder with --output, or remove {part}.");
    }
}
