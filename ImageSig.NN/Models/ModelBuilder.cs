using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>From a spec to layers, checking shapes on the way: what <c>ModelSpec.Build</c> adds them to. Also the groups of layers that several
/// kinds of networks share.</summary>
public sealed class ModelBuilder
{
    private readonly string model;
    private readonly List<Layer> layers = [];
    private readonly List<LayerSummary> summaries = [];
    private int dropouts;

    internal ModelBuilder(string model, Shape input, int outputs, bool isFolded) =>
        (this.model, Shape, Outputs, IsFolded) = (model, input, outputs, isFolded);

    /// <summary>What the layers so far give for one sample; before the first, a sample itself.</summary>
    public Shape Shape { get; private set; }

    /// <summary>How many scores must come out.</summary>
    public int Outputs { get; }

    /// <summary>Whether batch normalizations are part of the convolutions beside them.</summary>
    public bool IsFolded { get; }

    /// <summary>The layers so far.</summary>
    internal IReadOnlyList<Layer> Layers => layers;

    /// <summary>The layers so far, described.</summary>
    internal IReadOnlyList<LayerSummary> Summaries => summaries;

    /// <summary>Numbers that training found and that folding has put into others, less those that only the folded model has.</summary>
    internal long FoldedAway { get; private set; }

    /// <summary>Adds one layer.</summary>
    /// <exception cref="ArgumentException">The layer cannot take what the layers so far give.</exception>
    public void Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Shape before = Shape;
        Shape = layer.OutputShape(before);
        layers.Add(layer);
        summaries.Add(new LayerSummary(
            layer.Name, layer.Kind, Shape, layer.Parameters.Where(parameter => !parameter.IsStatistic).Sum(parameter => (long)parameter.Count),
            layer.MultiplyAdds(before)));
    }

    /// <summary>Throws unless samples are pixels, [H, W, C], of at least so many on each side.</summary>
    /// <exception cref="SettingException">They are not.</exception>
    public void RequirePixels(int min)
    {
        if (Shape.Rank != 3 || Shape[0] < min || Shape[1] < min)
            throw new SettingException(
                $"Model {model}: the input is {Shape}; it must be pixels [height, width, channels] of at least {min} x {min}. Use larger images.");
    }

    /// <summary>Adds a dropout: "dropout1", "dropout2", ….</summary>
    /// <param name="rate">In [0, 1).</param>
    public void AddDropout(float rate)
    {
        int number = TakeDropouts(1);
        Add(new Dropout($"dropout{number}", rate, number));
    }

    /// <summary>Reserves <paramref name="count"/> numbers of dropouts for a layer that has some inside, and returns the first: by them each draws its own mask.</summary>
    public int TakeDropouts(int count)
    {
        int first = dropouts + 1;
        dropouts += count;
        return first;
    }

    /// <summary>Adds a hidden dense layer with ReLU, dropout, and the dense layer of the outputs, on rows.</summary>
    public void AddHead(int neurons, float dropout)
    {
        Add(new Dense("dense1", Shape.Last, neurons, Activation.Relu));
        AddDropout(dropout);
        Add(new Dense("dense2", neurons, Outputs));
    }

    /// <summary>Adds two convolutions along the streams of [S, F], 32 and 64 wide, each with ReLU and a maximum of every three.</summary>
    /// <exception cref="SettingException">There are fewer than 17 streams.</exception>
    public void AddStreamConvolutions()
    {
        if (Shape.Rank != 2)
            throw new SettingException($"Model {model}: the input is {Shape}; it must be [streams, features].");
        if (Shape[0] < 17)
            throw new SettingException(
                $"Model {model}: the input is {Shape}, {Shape[0]} streams; two convolutions of 3 and two poolings of 3 need at least 17. Use larger images, two directions, or the model fc.");
        Add(new Conv1D("conv1", Shape[1], 32, 3, Activation.Relu));
        Add(new MaxPool1D("pool1", 3));
        Add(new Conv1D("conv2", 32, 64, 3, Activation.Relu));
        Add(new MaxPool1D("pool2", 3));
    }

    /// <summary>Adds transformer blocks on [T, F]: "block1", "block2", ….</summary>
    public void AddTransformerBlocks(int count, TransformerBlockOptions options)
    {
        for (int i = 1; i <= count; i++)
            Add(new TransformerBlock($"block{i}", options, TakeDropouts(TransformerBlock.Dropouts)));
    }

    /// <summary>Adds a convolution over [H, W, C], a batch normalization and an activation; folded, a convolution with bias and activation.</summary>
    /// <param name="name">Of the convolution.</param>
    /// <param name="norm">Of the normalization.</param>
    /// <param name="outputs">Channels.</param>
    /// <param name="kernel">Side of the square kernel.</param>
    /// <param name="options">Stride and padding.</param>
    /// <param name="activation">On top.</param>
    /// <param name="hasBias">Whether the convolution has a bias unfolded too, which the normalization takes out again.</param>
    public void AddNormalizedConvolution(
        string name, string norm, int outputs, int kernel, Convolution2DOptions options, Activation activation = Activation.None, bool hasBias = false)
    {
        Add(new Conv2D(name, Shape.Last, outputs, kernel, options, hasBias || IsFolded, IsFolded ? activation : Activation.None));
        if (IsFolded && !hasBias)
            FoldedAway -= outputs;
        AddNormalization(norm, activation);
    }

    /// <summary>Adds a batch normalization; folded, nothing: the convolution beside it has taken it in.</summary>
    public void AddNormalization(string name, Activation activation = Activation.None)
    {
        if (IsFolded)
            FoldedAway += 2 * Shape.Last;
        else
            Add(new BatchNorm(name, Shape.Last, activation));
    }
}
