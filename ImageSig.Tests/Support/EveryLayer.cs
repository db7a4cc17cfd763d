using System.Reflection;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Support;

/// <summary>Every kind of layer of ImageSig.NN, with every argument and every option changed in turn: those too that are added after a test was written.</summary>
internal static class EveryLayer
{
    private const int Steps = 9, Channels = 6;
    private static readonly Shape Rows = new(Steps, Channels), Picture = new(8, 12, Channels), Colors = new(16, 20, 3);
    private static readonly SignatureGrid Grid = new(Channels, depth: 2, window: 2);
    private static readonly SignatureLayout Layout = new(2, 2);

    /// <summary>What a layer may be given, behind its name.</summary>
    private static readonly Dictionary<Type, (Shape Input, object?[] Arguments)> Examples = new()
    {
        [typeof(AttentionPooling)] = (Rows, [Channels]),
        [typeof(BackboneLayer)] = (Colors, [Backbone.Of("small", SmallBackbone.Layers, SmallBackbone.Tensors()), 4, false]),
        [typeof(BatchNorm)] = (Rows, [Channels, Activation.None]),
        [typeof(Conv1D)] = (Rows, [Channels, 5, 3, Activation.None, new Convolution1DOptions()]),
        [typeof(Conv2D)] = (Picture, [Channels, 5, 3, new Convolution2DOptions(), true, Activation.None]),
        [typeof(Dense)] = (Rows, [Channels, 5, Activation.None, false]),
        [typeof(Dropout)] = (Rows, [0.5f, 1]),
        [typeof(FeatureScaling)] = (new(Channels), [Channels]),
        [typeof(Flatten)] = (Rows, []),
        [typeof(GroupNorm)] = (Rows, [Channels, 2]),
        [typeof(LayerNorm)] = (Rows, [Channels]),
        [typeof(LogSignatureLayer)] = (Rows, [new LogSignatureTransform(Channels, 2, LogSignatureBasis.Words)]),
        [typeof(MaxPool1D)] = (Rows, [2]),
        [typeof(MaxPool2D)] = (Picture, [2]),
        [typeof(MeanAndMax)] = (Picture, [null]),
        [typeof(MeanOverPositions)] = (Rows, []),
        [typeof(MultiHeadAttention)] = (Rows, [Channels, 4, new AttentionOptions { Heads = 2 }]),
        [typeof(PositionEmbedding)] = (Rows, [Steps, Channels]),
        [typeof(Positions)] = (Picture, []),
        [typeof(Residual)] = (Rows, [new LayerNorm("inner", Channels)]),
        [typeof(Sequential)] = (Rows, ["both", new Layer[] { new LayerNorm("first", Channels), new Dense("second", Channels, 4) }]),
        [typeof(SignatureGridLayer)] = (Picture, [Grid, false]),
        [typeof(SignatureLayer)] = (Rows, [new SignatureTransform(Channels, 2)]),
        [typeof(SignedRootsLayer)] = (new(4, Layout.Length), [SignedRoots.OfSignatures(Layout)]),
        [typeof(TransformerBlock)] = (Rows, [new TransformerBlockOptions { Features = Channels, Hidden = 7, Heads = 2, KeySize = 3 }, 1]),
    };

    /// <summary>What else they may be given, where that is no number, switch or choice.</summary>
    private static readonly object[] Others =
    [
        new SignatureGrid(Channels, depth: 3, window: 4), SignedRoots.OfSignatures(Layout, 0.2f), new LogSignatureTransform(Channels, 3, LogSignatureBasis.Brackets),
        new SignatureTransform(Channels, 3), new Dense("inner", Channels, Channels, Activation.Tanh), new Layer[] { new Dense("only", Channels, 3) },
        Picture, .. Backbones(),
    ];

    /// <summary>Each with what it reads; weights are any.</summary>
    public static IEnumerable<(string What, Layer Layer, Shape Input)> All()
    {
        foreach (Type type in typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract))
        {
            Assert.True(Examples.ContainsKey(type), $"EveryLayer does not know what a {type.Name} is made of; tell it.");
            (Shape input, object?[] arguments) = Examples[type];
            ConstructorInfo constructor = Assert.Single(type.GetConstructors(BindingFlags.Public | BindingFlags.Instance));
            yield return (type.Name, Make(arguments), input);
            IEnumerable<(string, object?[])> changes = OptionWalk.Each(
                constructor.GetParameters()[1..], arguments, changed => OptionWalk.Passes(() => Make(changed).OutputShape(input)), Others);
            foreach ((string change, object?[] changed) in changes)
                yield return ($"{type.Name}, {change}", Make(changed), input);

            Layer Make(object?[] values)
            {
                try
                {
                    Layer layer = (Layer)constructor.Invoke(["layer", .. values]);
                    UntrainedModel.Disturb(layer.Parameters);
                    return layer;
                }
                catch (TargetInvocationException wrapped)
                {
                    throw wrapped.InnerException!;
                }
            }
        }
    }

    /// <summary>The small network with one thing of a layer changed.</summary>
    private static IEnumerable<Backbone> Backbones()
    {
        (string Before, string After)[] changes =
        [
            ("\"k\": [3, 3], \"stride\": 2, \"groups\": 1, \"pad\": \"same\", \"act\": \"relu6\"", "\"k\": [3, 3], \"stride\": 1, \"groups\": 1, \"pad\": \"valid\", \"act\": \"none\""),
            ("\"stride\": 1, \"groups\": 6, \"pad\": \"sym\"", "\"stride\": 1, \"groups\": 6, \"pad\": \"same\""),
            ("\"op\": \"add\", \"act\": \"none\"", "\"op\": \"add\", \"act\": \"relu\""),
            ("(pixel-128)/128", "pixel/255-0.5"),
        ];
        foreach ((string before, string after) in changes)
        {
            Assert.Contains(before, SmallBackbone.Layers, StringComparison.Ordinal);
            yield return Backbone.Of("other", SmallBackbone.Layers.Replace(before, after, StringComparison.Ordinal), SmallBackbone.Tensors());
        }
    }
}
