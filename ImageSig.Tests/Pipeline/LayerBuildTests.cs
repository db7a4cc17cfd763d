using ImageSig.Cli;
using ImageSig.NN;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>How often layers are built on the way from a command line to a model and to a label.</summary>
public class LayerBuildTests
{
    [Fact]
    public void Training_predicting_and_inspecting_build_the_layers_once()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        ModelKinds.Register(new ModelKind(new CountedSpec()));
        TrainingRecipe recipe = TrainingRecipe.Named("default", "fc").WithTraining(options => options with { Epochs = 1 }) with
        {
            Model = new CountedSpec(),
            Features = new() { Width = 20, Height = 20, Depth = 2 },
        };
        int before = CountedSpec.Builds;
        ImageClassifier.Train(folder["photos"], recipe).Classifier.Save(folder["m"]);
        Assert.Equal(1, CountedSpec.Builds - before);
        Assert.Equal(1, BuildsOf("predict", "-m", folder["m"], Path.Combine(folder["photos"], "dark", "000.png")));
        Assert.Equal(1, BuildsOf("inspect", folder["m"]));
        Assert.Equal(1, BuildsOf("evaluate", folder["m"], folder["photos"], "--quiet"));
    }

    private static int BuildsOf(params string[] arguments)
    {
        int before = CountedSpec.Builds;
        Answer answer = Answer.To(arguments);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        return CountedSpec.Builds - before;
    }

    /// <summary>A small network that counts how often it is built.</summary>
    private sealed record CountedSpec : ModelSpec
    {
        public static int Builds { get; private set; }

        public override string Name => "counted";

        public override ModelInput Input => ModelInput.Signatures;

        protected override IReadOnlyList<ModelField> Fields => [];

        protected override void Build(ModelBuilder layers)
        {
            Builds++;
            layers.Add(new Flatten("flatten"));
            layers.AddHead(4, dropout: 0);
        }
    }
}
