using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;

namespace ImageSig.Tests.Support;

/// <summary>Settings of features and networks, each changed in turn.</summary>
internal static class EveryOption
{
    /// <summary>Small features with every option as it is by itself, those with every option otherwise, and pixels.</summary>
    public static IReadOnlyList<FeatureOptions> FeatureBases { get; } =
    [
        new() { Width = 20, Height = 24, Depth = 3 },
        new()
        {
            Width = 24, Height = 20, Fit = ImageFit.Crop, ScaledDecoding = true, Depth = 2, TwoDirection = true, Basepoint = true, Time = true,
            LogSignature = LogSignatureBasis.Brackets, Roots = 0.02f, Standardize = true,
        },
        new() { Input = ModelInput.Pixels, Width = 20, Height = 24 },
    ];

    /// <summary>Whether options go together.</summary>
    public static bool IsPossible(FeatureOptions options) => OptionWalk.Passes(options.Check);

    /// <summary>Every network that is built in, as it is and with each of its settings changed.</summary>
    public static IEnumerable<(string Change, ModelSpec Spec)> Networks()
    {
        foreach (ModelSpec kind in ModelKinds.Names.Select(ModelKinds.Named).Where(kind => kind.GetType().Assembly == typeof(ModelSpec).Assembly))
        {
            ModelSpec spec = kind is TransferSpec transfer ? transfer with { Backbone = Small(SmallBackbone.Layers) } : kind;
            yield return (spec.Name, spec);
            HashSet<string> seen = [];
            foreach ((string name, string change, ModelSpec changed) in OptionWalk.Each(spec, IsPossible, Small(SmallBackbone.Layers.Replace("relu6", "relu", StringComparison.Ordinal))))
            {
                seen.Add(name);
                yield return (change, changed);
            }
            Assert.Empty(OptionWalk.NamesOf(spec.GetType()).Where(name => name != nameof(ModelSpec.IsFolded) || spec.NormalizesBatches).Except(seen));
        }

        static bool IsPossible(ModelSpec spec) => (!spec.IsFolded || spec.NormalizesBatches) && OptionWalk.Passes(() =>
        {
            spec.Check();
            _ = Model.Create(spec, FeaturesFor(spec).SampleShape, 3, seed: 1);
        });
    }

    /// <summary>What a network reads.</summary>
    public static FeatureOptions FeaturesFor(ModelSpec spec) =>
        spec.Input == ModelInput.Pixels ? new() { Input = ModelInput.Pixels, Width = 32, Height = 32 } : new() { Width = 20, Height = 24, Depth = 2 };

    private static Backbone Small(string layers) => Backbone.Of("small", layers, SmallBackbone.Tensors());
}
