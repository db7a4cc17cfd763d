using System.Diagnostics;
using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>The two walks that docs/architecture.md draws, from a command line to a model and to a label: what is done once, and how deep it goes.</summary>
public class WalkTests
{
    static WalkTests()
    {
        ModelKinds.Register(new ModelKind(new CountedSpec()));
        ImageSetKinds.Register(new CountedKind());
    }

    [Fact]
    public void A_training_opens_its_set_reads_each_image_and_builds_the_layers_once()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["set.counted"], "");
        string[] arguments = ["train", folder["set.counted"], "-o", folder["m"], "--model", "counted", "--image-size", "20", "--depth", "2", "--augment", "hflip", "--epochs", "2", "--quiet"];
        Assert.Equal((1, 1, CountedSet.Images), CountsOf(ExitCode.Done, arguments));
        Assert.Equal((0, 1, 0), CountsOf(ExitCode.WrongUsage, [.. arguments, "--optimizer", "sgd", "--patience", "3", "--validation", "0"]));

        string picture = folder["picture.png"];
        SyntheticPhotos.Picture(new Random(1), 20).SavePng(picture);
        Assert.Equal((1, 0, 0), CountsOf(ExitCode.Done, "predict", "-m", folder["m"], picture));
        Assert.InRange(Witness.Depth, 5, 16);
        Assert.Equal((1, 0, 0), CountsOf(ExitCode.Done, "inspect", folder["m"]));
        Assert.Equal((1, 1, CountedSet.Images), CountsOf(ExitCode.Done, "evaluate", folder["m"], folder["set.counted"], "--quiet"));
    }

    /// <summary>How often layers were built, the set was opened, and images were decoded.</summary>
    private static (int Builds, int Opens, int Decodes) CountsOf(int code, params string[] arguments)
    {
        (CountedSpec.Builds, CountedKind.Opens, CountedSet.Decodes) = (0, 0, 0);
        Answer answer = Answer.To(arguments);
        Assert.True(code == answer.Code, answer.Messages);
        return (CountedSpec.Builds, CountedKind.Opens, CountedSet.Decodes);
    }

    /// <summary>A small network that counts how often it is built.</summary>
    private sealed record CountedSpec : ModelSpec
    {
        public static int Builds { get; set; }

        public override string Name => "counted";

        public override ModelInput Input => ModelInput.Signatures;

        protected override IReadOnlyList<ModelField> Fields => [];

        protected override void Build(ModelBuilder layers)
        {
            Builds++;
            layers.Add(new Flatten("flatten"));
            layers.Add(new Witness());
            layers.AddHead(4, dropout: 0);
        }
    }

    /// <summary>A layer that changes nothing and sees how many calls of ours it is within.</summary>
    private sealed class Witness() : Layer("witness")
    {
        public static int Depth { get; private set; }

        public override string Kind => "Witness";

        public override Shape OutputShape(Shape input) => input;

        public override Tensor Forward(Tape tape, Tensor input)
        {
            Depth = new StackTrace().GetFrames().Count(frame => frame.GetMethod()?.DeclaringType is { } type && type.Assembly != typeof(WalkTests).Assembly
                && type.Namespace?.StartsWith("ImageSig", StringComparison.Ordinal) == true);
            return input;
        }
    }

    /// <summary>Files whose name ends in <c>.counted</c>.</summary>
    private sealed class CountedKind : ImageSetKind
    {
        public static int Opens { get; set; }

        public override string Name => "counted";

        public override bool Recognizes(string path) => path.EndsWith(".counted", StringComparison.Ordinal);

        public override ImageSet Open(string path, int minClasses)
        {
            Opens++;
            return new CountedSet();
        }
    }

    /// <summary>Pictures that count how often they are decoded.</summary>
    private sealed class CountedSet : ImageSet
    {
        public const int Images = 12;
        private static int decodes;

        public static int Decodes
        {
            get => decodes;
            set => decodes = value;
        }

        public override string Name => "counted pictures";

        public override Targets Targets { get; } = new ClassTargets(["bright", "dark"], [.. Enumerable.Range(0, Images).Select(index => index % 2)]);

        public override string NameOf(int index) => $"picture {index}";

        protected override Image Decode(int index, DecodeOptions options)
        {
            Interlocked.Increment(ref decodes);
            return SyntheticPhotos.Picture(new Random(index), index % 2 == 0 ? 150 : 20);
        }
    }
}
