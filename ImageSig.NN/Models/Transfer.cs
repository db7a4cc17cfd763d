using System.Text.Json;
using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>The means of a pretrained network's results at several depths, and a classifier of them.</summary>
/// <param name="Backbone">The pretrained network; without one there is nothing to build.</param>
/// <param name="Depths">Depths that features are taken from, the deepest.</param>
/// <param name="Hidden">Neurons of a hidden layer; 0 for none, which is softmax regression.</param>
/// <param name="Dropout">Rate in front of the last layer, in [0, 1).</param>
/// <param name="FineTune">Whether training changes the backbone too, when the classifier has been trained.</param>
public sealed record TransferSpec(Backbone? Backbone = null, int Depths = 4, int Hidden = 128, float Dropout = 0.5f, bool FineTune = false) : ModelSpec
{
    private static readonly ModelField[] Values =
    [
        ModelField.Rate<TransferSpec>("dropout", spec => spec.Dropout, (spec, value) => spec with { Dropout = value }),
        ModelField.Whole<TransferSpec>("depths", "depths of a backbone", max: 8, spec => spec.Depths, (spec, value) => spec with { Depths = value }),
        ModelField.Whole<TransferSpec>(
            "hidden", "hidden layer behind a backbone", ModelBounds.MaxNeurons, spec => spec.Hidden, (spec, value) => spec with { Hidden = value }, min: 0),
        new FineTuneField(),
        new BackboneField(),
    ];

    /// <inheritdoc/>
    public override string Name => ModelKinds.Transfer;

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Pixels;

    /// <summary>Of the classifier where the backbone stays as it is, else of the whole.</summary>
    public override TrainingOptions DefaultTraining => FineTune
        ? StandardTraining.Default with { LearningRate = 0.0003f, Epochs = 12, BatchSize = 32, WarmUp = 0.1f }
        : StandardTraining.Default with { LearningRate = 0.002f, Epochs = 30, WeightDecay = 0.3f };

    /// <summary>How the classifier is trained before the whole is.</summary>
    internal TrainingOptions HeadOptions(TrainingOptions whole) => (this with { FineTune = false }).DefaultTraining with
    {
        Seed = whole.Seed, Threads = whole.Threads, Loss = whole.Loss, ClassWeights = whole.ClassWeights,
        TeacherShare = whole.TeacherShare, TeacherTemperature = whole.TeacherTemperature,
    };

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelField> Fields => Values;

    /// <inheritdoc/>
    protected override void Build(ModelBuilder layers)
    {
        layers.RequirePixels(min: 16);
        layers.Add(new BackboneLayer("backbone", Backbone!, Depths, isFrozen: !FineTune));
        layers.Add(new FeatureScaling("scaling", layers.Shape.Last));
        foreach (Layer layer in Head(layers.Shape.Last, layers.Outputs))
            layers.Add(layer);
    }

    /// <inheritdoc/>
    protected override void CheckTogether()
    {
        if (Backbone is null)
            throw new SettingException($"Model {Name}: there is no pretrained network to build on; give it a backbone, such as mobilenet.safetensors.");
    }

    /// <summary>The classifier alone.</summary>
    internal IEnumerable<Layer> Head(int features, int outputs)
    {
        if (Hidden > 0)
            yield return new Dense("hidden", features, Hidden, Tensors.Autodiff.Activation.Relu);
        if (Dropout > 0)
            yield return new Dropout("dropout1", Dropout, 1);
        yield return new Dense("dense", Hidden > 0 ? Hidden : features, outputs, startsSmall: true);
    }

    /// <summary>The list of the backbone's layers.</summary>
    private sealed class BackboneField() : ModelField("backbone")
    {
        internal override void Check(ModelSpec spec)
        {
        }

        internal override void Write(Utf8JsonWriter json, ModelSpec spec)
        {
            if (((TransferSpec)spec).Backbone is not { } backbone)
                return;
            json.WritePropertyName(Name);
            backbone.Write(json);
        }

        internal override ModelSpec Read(ModelSpec spec, JsonElement? value)
        {
            try
            {
                return (TransferSpec)spec with { Backbone = value is { } list ? Backbone.Read(list) : null };
            }
            catch (InvalidDataException damage)
            {
                throw new InvalidDataException($"the architecture has a backbone that cannot be used: {damage.Message}", damage);
            }
        }
    }

    /// <summary>Whether the backbone was trained too; files that say nothing left it as it was.</summary>
    private sealed class FineTuneField() : ModelField("fineTune")
    {
        internal override void Check(ModelSpec spec)
        {
        }

        internal override void Write(Utf8JsonWriter json, ModelSpec spec)
        {
            if (((TransferSpec)spec).FineTune)
                json.WriteBoolean(Name, true);
        }

        internal override ModelSpec Read(ModelSpec spec, JsonElement? value) => value?.ValueKind switch
        {
            JsonValueKind.True => (TransferSpec)spec with { FineTune = true },
            null => (TransferSpec)spec with { FineTune = false },
            _ => throw Refusal(value, "true"),
        };
    }
}
