using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using TorchSharp;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;
using TorchParameter = TorchSharp.Modules.Parameter;
using TorchTensor = TorchSharp.torch.Tensor;

namespace ImageSig.Benchmarks.Peers;

/// <summary>The layers of a model with the same weights in LibTorch, in its own order: channels before positions.</summary>
internal sealed class TorchNetwork
{
    private const int Register = 16;
    private readonly List<Func<TorchTensor, TorchTensor>> steps = [];
    private readonly List<TorchParameter> parameters = [];
    private readonly bool isTraining, isConvolutional;

    /// <summary>Whether what the next layer is given has its channels before its positions.</summary>
    private bool channelsFirst;

    /// <summary>Channels of zeros added to a sequence. oneDNN 3.7, which LibTorch brings, reads memory that it never wrote where a batch has channels that fill no register of 512 bits.</summary>
    private readonly long padding;

    public TorchNetwork(IReadOnlyList<Layer> layers, bool isTraining)
    {
        this.isTraining = isTraining;
        isConvolutional = channelsFirst = layers[0] is Conv1D or Conv2D;
        padding = isTraining && layers[0] is Conv1D first ? (Register - first.Weight.Shape[1] % Register) % Register : 0;
        foreach (Layer layer in layers)
            steps.Add(Step(layer));
    }

    /// <summary>What training moves.</summary>
    public IEnumerable<TorchParameter> Parameters => parameters;

    /// <summary>Samples in LibTorch's order.</summary>
    public TorchTensor Samples(float[] values, int batch, Shape sample)
    {
        TorchTensor samples = tensor(values, [batch, .. sample.ToArray().Select(side => (long)side)]);
        return isConvolutional ? Padded(samples.movedim([sample.Rank], [1])).contiguous() : samples;
    }

    /// <summary>Scores [B, outputs].</summary>
    public TorchTensor Forward(TorchTensor samples)
    {
        foreach (Func<TorchTensor, TorchTensor> step in steps)
            samples = step(samples);
        return samples;
    }

    private Func<TorchTensor, TorchTensor> Step(Layer layer)
    {
        switch (layer)
        {
            case Dense dense:
                TorchTensor matrix = Learned(dense.Weight, 1, 0), offset = Learned(dense.Bias, 0);
                return Activated(x => Functional.linear(x, matrix, offset), dense.Activation);
            case Conv1D convolution:
                TorchTensor taps = Learned(steps.Count == 0 ? Padded(Values(convolution.Weight).permute(2, 1, 0)) : Values(convolution.Weight).permute(2, 1, 0)), shift = Learned(convolution.Bias, 0);
                return Activated(x => Functional.conv1d(x, taps, shift), convolution.Activation);
            case Conv2D convolution:
                TorchTensor kernel = Learned(convolution.Weight, 3, 2, 0, 1);
                TorchTensor? bias = convolution.Bias is null ? null : Learned(convolution.Bias, 0);
                (long stride, long padding) = (convolution.Options.Stride, convolution.Options.Padding);
                return Activated(x => Functional.conv2d(x, kernel, bias, [stride, stride], [padding, padding]), convolution.Activation);
            case BatchNorm norm:
                TorchTensor scale = Learned(norm.Scale, 0), move = Learned(norm.Shift, 0), mean = Values(norm.RunningMean), variance = Values(norm.RunningVariance);
                return Activated(x => Functional.batch_norm(x, mean, variance, scale, move, isTraining), norm.Activation);
            case MaxPool1D:
                return x => Functional.max_pool1d(x, 3);
            case MeanAndMax { PlaceWeights: null }:
                return x => cat([x.mean([2L, 3L]), x.amax([2L, 3L])], 1);
            case Flatten:
                return PositionsFirst(x => x.flatten(1));
            case Dropout:
                return x => x;
            case SignatureGridLayer signatures:
                return Grid(signatures);
            case SignedRootsLayer { Roots: { } roots }:
                return x => TorchPaths.SignedRoots(x, roots.Levels, roots.Epsilon);
            case LayerNorm norm:
                TorchTensor factor = Learned(norm.Scale, 0), summand = Learned(norm.Shift, 0);
                return PositionsFirst(x => Functional.layer_norm(x, [x.shape[^1]], factor, summand));
            case TransformerBlock block:
                Func<TorchTensor, TorchTensor> attention = Step(block.Attention), mlp = Step(block.Mlp);
                return x => mlp(attention(x));
            case Residual { Inner: { } inner }:
                return Residual(inner);
            case Sequential chain:
                Func<TorchTensor, TorchTensor>[] links = [.. chain.Layers.Select(Step)];
                return x => links.Aggregate(x, (value, link) => link(value));
            case MultiHeadAttention attend:
                return Attention(attend);
            case AttentionPooling pooling:
                Func<TorchTensor, TorchTensor> score = Step(pooling.Score);
                return x => (score(x).softmax(1) * x).sum(1);
            default:
                throw new NotSupportedException($"{layer.Name} ({layer.Kind}) has no form in LibTorch here.");
        }
    }

    /// <summary>Channels are last in paths, so images are turned there and back.</summary>
    private static Func<TorchTensor, TorchTensor> Grid(SignatureGridLayer layer)
    {
        (int depth, int window, int shift) = (layer.Grid.Layout.Depth, layer.Grid.Window, layer.Shift);
        return x => (shift == 0 ? Of(x) : cat([Of(x), Of(Shifted(x))], 3)).permute(0, 3, 1, 2);

        TorchTensor Of(TorchTensor images) => TorchPaths.Grid(images.permute(0, 2, 3, 1), depth, window);
        TorchTensor Shifted(TorchTensor images) => Functional.pad(images[.., .., shift.., shift..], [0, shift, 0, shift], PaddingModes.Replicate);
    }

    private Func<TorchTensor, TorchTensor> Residual(Layer inner)
    {
        bool turns = channelsFirst;
        Func<TorchTensor, TorchTensor> step = Step(inner);
        return turns ? x => x.transpose(1, 2) + step(x) : x => x + step(x);
    }

    private Func<TorchTensor, TorchTensor> Attention(MultiHeadAttention layer)
    {
        Func<TorchTensor, TorchTensor> queries = Step(layer.Queries), keys = Step(layer.Keys), values = Step(layer.Values), output = Step(layer.Output);
        long heads = layer.Options.Heads;
        return x => output(Functional.scaled_dot_product_attention(Heads(queries(x)), Heads(keys(x)), Heads(values(x))).transpose(1, 2).flatten(2));

        TorchTensor Heads(TorchTensor x) => x.unflatten(2, [heads, -1]).transpose(1, 2);
    }

    /// <summary>A step that wants channels behind positions.</summary>
    private Func<TorchTensor, TorchTensor> PositionsFirst(Func<TorchTensor, TorchTensor> step)
    {
        bool turns = channelsFirst;
        channelsFirst = false;
        return turns ? x => step(x.transpose(1, 2)) : step;
    }

    private static Func<TorchTensor, TorchTensor> Activated(Func<TorchTensor, TorchTensor> step, Activation activation) => activation switch
    {
        Activation.None => step,
        Activation.Relu => x => step(x).relu_(),
        Activation.Gelu => x => Functional.gelu(step(x)),
        _ => throw new NotSupportedException($"{activation} has no form in LibTorch here."),
    };

    /// <summary>A parameter with its dimensions in another order.</summary>
    private TorchParameter Learned(Parameter parameter, params long[] order) => Learned(Values(parameter).permute(order));

    private TorchParameter Learned(TorchTensor values)
    {
        TorchParameter learned = new(values.contiguous(), requires_grad: isTraining);
        parameters.Add(learned);
        return learned;
    }

    /// <summary>[…, C, T] with channels of zeros behind the others.</summary>
    private TorchTensor Padded(TorchTensor values) => padding == 0 ? values : Functional.pad(values, [0, 0, 0, padding]);

    private static TorchTensor Values(Parameter parameter) => tensor(parameter.Value.Span.ToArray(), [.. parameter.Shape.ToArray().Select(side => (long)side)]);
}
