using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Pipeline.Kinds;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Pictures that go while they are trained on.</summary>
public class LostPictureTests
{
    // Nothing is kept, so that each epoch reads every picture.
    private static readonly TrainingRecipe Recipe = Small.Recipe with { FeatureMemory = 0, Validation = 0.25 };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 2)]
    public void The_epochs_before_that_are_kept_and_gone_on_from(int threads, int members)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 8);
        ImageFolder photos = ImageFolder.Open(folder["photos"]);
        using StringWriter messages = new() { NewLine = "\n" };
        CheckpointOptions checkpoint = new(folder["m.checkpoint"], Resume: false) { Interval = TimeSpan.FromHours(1) };
        TrainingRecipe recipe = Recipe with { Members = members };
        // To load, to measure and to tell the pictures from others 44 are read, then 16 an epoch; who goes on from these epochs does not get to the next.
        AssertLost(checkpoint, readings: 90);
        AssertLost(checkpoint with { Resume = true }, readings: 50);

        byte[] expected = Bytes(ImageClassifier.Train(photos, recipe));
        Assert.Equal(expected, Bytes(ImageClassifier.Train(photos, recipe, checkpoint: checkpoint with { Resume = true })));

        void AssertLost(CheckpointOptions checkpoint, int readings)
        {
            messages.GetStringBuilder().Clear();
            TrainRun run = new(
                new(TextWriter.Null, messages, isInteractive: false), new(new LostImages(photos, readings)), recipe.WithTraining(options => options with { Threads = threads }), folder["m"], page: null, checkpoint, run: null);
            Assert.Throws<FileNotFoundException>(() => ProgressDisplay.Watch(new(TextWriter.Null, TextWriter.Null, isInteractive: false), quiet: true, progress => run.Do(before: null, progress, default)));
            Assert.Equal(2, CheckpointFile.EpochIn(checkpoint.Path));
            Assert.Equal($"imagesig: {checkpoint.Path} keeps what was learned; the same command with --resume goes on from there.\n", messages.ToString());
        }
    }

    [LinuxFact]
    public void An_interruption_is_told_as_one_where_there_is_no_room_for_the_epochs_before()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 8);
        Directory.CreateDirectory(folder["gone"]);
        using CancellationTokenSource source = new();
        CheckpointOptions checkpoint = new(folder["gone/m.checkpoint"], Resume: false) { Interval = TimeSpan.FromHours(1), EpochDone = _ => Stop() };
        Assert.ThrowsAny<OperationCanceledException>(() => ImageClassifier.Train(folder["photos"], Small.Recipe, checkpoint: checkpoint, cancellationToken: source.Token));

        void Stop()
        {
            Directory.Delete(folder["gone"], recursive: true);
            source.Cancel();
        }
    }

    /// <summary>Read to load, to measure, to tell pictures from others, in each epoch, to calibrate, to judge and to compare: whenever it is, the reason is told as it is.</summary>
    [Theory]
    [InlineData(0, ModelKinds.Conv)]
    [InlineData(1_000_000, ModelKinds.Conv)]
    [InlineData(0, ModelKinds.Transfer)]
    public void Whenever_it_goes_the_reason_comes_out_as_it_is(long featureMemory, string kind)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 40);
        ImageFolder photos = ImageFolder.Open(folder["photos"]);
        TrainingRecipe recipe = kind == ModelKinds.Conv ? Recipe : TrainingRecipe.Named("default", kind).WithBackbone(BackboneFile.Read(SmallBackbone.Write(folder["small.safetensors"])));
        recipe = recipe.WithTraining(options => options with { Epochs = 1, Threads = 2 }) with { FeatureMemory = featureMemory, Validation = 0.3 };
        recipe = recipe with { Features = recipe.Features with { Width = 32, Height = 32 } };
        LostImages whole = new(photos, readings: int.MaxValue);
        ImageClassifier.Train(whole, recipe);
        for (int readings = photos.Count; readings < whole.Done; readings += 11)
            Assert.Throws<FileNotFoundException>(() => ImageClassifier.Train(new LostImages(photos, readings), recipe));
    }

    private static byte[] Bytes(TrainingOutcome outcome)
    {
        using MemoryStream file = new();
        outcome.Classifier.Save(file);
        return file.ToArray();
    }

    /// <summary>A set that keeps its pictures itself, and loses them after so many readings.</summary>
    private sealed class LostImages(ImageSet whole, int readings) : ImageSet
    {
        private int done;

        public int Done => done;

        public override string Name => whole.Name;

        public override Targets Targets => whole.Targets;

        public override string NameOf(int index) => whole.NameOf(index);

        internal override bool Keeps(int index, FeatureOptions features) => true;

        protected override Image Decode(int index, DecodeOptions options) =>
            Interlocked.Increment(ref done) <= readings ? whole.DecodeWhole(index, options) : throw new FileNotFoundException($"{NameOf(index)}: no such file.");
    }
}
