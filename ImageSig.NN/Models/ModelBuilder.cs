using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>From a spec to layers, checking shapes on the way. Which layers a model has is written here and nowhere else.</summary>
internal sealed class ModelBuilder(Shape input, bool isFolded)
{
    private int dropouts;

    public List<Layer> Layers { get; } = [];

    public List<LayerSummary> Summaries { get; } = [];

    /// <summary>What the layers so far give for one sample.</summary>
    public Shape Shape { get; private set; } = input;

    public static ModelBuilder Build(ModelSpec spec, Shape input, int outputs)
    {
        spec.Validate();
        ModelBuilder builder = new(input, spec.IsFolded);
        switch (spec)
        {
            case FcSpec fc:
                builder.Add(new Flatten("flatten"));
                builder.AddHead(fc.Neurons, fc.Dropout, outputs);
                break;
            case ConvSpec conv:
                builder.AddConvolutions(spec);
                builder.Add(new Flatten("flatten"));
                builder.AddHead(conv.Neurons, conv.Dropout, outputs);
                break;
            case AttentionSpec attention:
                builder.AddConvolutions(spec);
                builder.AddBlocks(attention);
                builder.Add(new LayerNorm("norm", builder.Shape.Last));
                builder.AddDropout(attention.Dropout);
                builder.Add(new AttentionPooling("pooling", builder.Shape.Last));
                builder.AddHead(attention.Neurons, attention.Dropout, outputs);
                break;
            case CnnSpec cnn:
                builder.AddPixels(spec, smallest: 16);
                builder.AddNormalisedConvolution(16, 3, 2);
                builder.AddNormalisedConvolution(32, 3, 2);
                builder.AddNormalisedConvolution(64, 3, 2);
                builder.AddNormalisedConvolution(48, 3, 1);
                builder.Add(new MeanAndMax("pooling"));
                builder.AddDropout(cnn.Dropout);
                builder.Add(new Dense("dense", builder.Shape.Last, outputs));
                break;
            case GridSpec grid:
                builder.AddPixels(spec, smallest: 2L * grid.Window);
                builder.CheckWindows(grid);
                builder.AddGrid(grid, outputs);
                break;
            case VitSpec vit:
                builder.AddPixels(spec, smallest: vit.Patch);
                builder.AddVision(vit, outputs);
                break;
            default:
                throw new SettingException($"Model: no layers are known for \"{spec.Name}\".");
        }
        return builder;
    }

    private void AddPixels(ModelSpec spec, long smallest)
    {
        if (Shape.Rank != 3 || Shape[0] < smallest || Shape[1] < smallest)
            throw new SettingException(
                $"Model {spec.Name}: the input is {Shape}; it must be pixels [height, width, channels] of at least {smallest} x {smallest}. Use larger images.");
    }

    /// <summary>The lift halves both sides, rounding up, and windows must tile what is left.</summary>
    private void CheckWindows(GridSpec spec)
    {
        int step = 2 * spec.Window;
        if (Tiles(Shape[0]) && Tiles(Shape[1]))
            return;
        throw new SettingException(
            $"Model {spec.Name}: the images are {Shape[1]}x{Shape[0]}; with windows of {spec.Window} both sides must be multiples of {step}, such as {Down(Shape[1])}x{Down(Shape[0])} or {Up(Shape[1])}x{Up(Shape[0])}.");

        bool Tiles(int side) => (side + 1) / 2 % spec.Window == 0;
        int Down(int side) => side / step * step;
        int Up(int side) => (side + step - 1) / step * step;
    }

    private void AddGrid(GridSpec spec, int outputs)
    {
        Add(new Conv2D("lift", Shape.Last, spec.Lift, 3, new Convolution2DOptions { Stride = 2, Padding = 1 }, hasBias: isFolded));
        AddNorm("lift.norm");
        Add(new SignatureGridLayer("signatures", new SignatureGrid(spec.Lift, depth: 2, spec.Window)));
        AddNorm("signatures.norm");
        Add(new Conv2D("conv1", Shape.Last, spec.Channels, 1, new Convolution2DOptions(), hasBias: true, Fused(Activation.Relu)));
        AddNorm("norm1", Activation.Relu);
        Add(new Conv2D("conv2", spec.Channels, spec.Channels, 3, new Convolution2DOptions { Padding = 1 }, hasBias: isFolded, Fused(Activation.Relu)));
        AddNorm("norm2", Activation.Relu);
        Add(new MeanAndMax("pooling"));
        AddDropout(spec.Dropout);
        Add(new Dense("dense", Shape.Last, outputs, startsSmall: true));
    }

    /// <summary>Convolution without bias, batch normalisation, ReLU.</summary>
    private void AddNormalisedConvolution(int outputs, int kernel, int stride)
    {
        int number = Layers.OfType<Conv2D>().Count() + 1;
        Add(new Conv2D(
            $"conv{number}", Shape.Last, outputs, kernel, new Convolution2DOptions { Stride = stride, Padding = kernel / 2 }, hasBias: isFolded,
            Fused(Activation.Relu)));
        AddNorm($"norm{number}", Activation.Relu);
    }

    /// <summary>A batch normalisation, unless it is folded into a convolution: the bias and the activation are then there.</summary>
    private void AddNorm(string name, Activation activation = Activation.None)
    {
        if (!isFolded)
            Add(new BatchNorm(name, Shape.Last, activation));
    }

    private Activation Fused(Activation activation) => isFolded ? activation : Activation.None;

    private void AddVision(VitSpec spec, int outputs)
    {
        if (spec.Features % spec.Heads != 0)
            throw new SettingException($"Model vit: {spec.Features} features, {spec.Heads} heads; the heads must divide the features.");
        Add(new Conv2D("patches", Shape.Last, spec.Features, spec.Patch, new Convolution2DOptions { Stride = spec.Patch }, hasBias: true));
        Add(new Positions("tokens"));
        Add(new PositionEmbedding("positions", Shape[0], spec.Features));
        TransformerBlockOptions options = new()
        {
            Features = spec.Features,
            Hidden = 2 * spec.Features,
            Heads = spec.Heads,
            KeySize = spec.Features / spec.Heads,
            Dropout = spec.Dropout,
        };
        for (int i = 1; i <= spec.Blocks; i++)
        {
            Add(new TransformerBlock($"block{i}", options, dropouts + 1));
            dropouts += TransformerBlock.Dropouts;
        }
        Add(new LayerNorm("norm", spec.Features));
        Add(new MeanOverPositions("pooling"));
        AddDropout(spec.Dropout);
        Add(new Dense("dense", spec.Features, outputs));
    }

    private void AddConvolutions(ModelSpec spec)
    {
        if (Shape.Rank != 2)
            throw new SettingException($"Model {spec.Name}: the input is {Shape}; it must be [streams, features].");
        if (Shape[0] < 17)
            throw new SettingException(
                $"Model {spec.Name}: the input is {Shape}, {Shape[0]} streams; two convolutions of 3 and two poolings of 3 need at least 17. Use larger images, two directions, or the model fc.");
        Add(new Conv1D("conv1", Shape[1], 32, 3, Activation.Relu));
        Add(new MaxPool1D("pool1", 3));
        Add(new Conv1D("conv2", 32, 64, 3, Activation.Relu));
        Add(new MaxPool1D("pool2", 3));
    }

    private void AddBlocks(AttentionSpec spec)
    {
        if (spec.Blocks < 1)
            throw new SettingException($"Model attention: {spec.Blocks} blocks; at least 1 is needed. Without blocks, use the model conv.");
        TransformerBlockOptions options = new()
        {
            Features = Shape.Last,
            Hidden = Shape.Last,
            Heads = spec.Heads,
            KeySize = spec.KeySize,
            Dropout = spec.BlockDropout,
            Activation = spec.Activation,
        };
        for (int i = 1; i <= spec.Blocks; i++)
        {
            Add(new TransformerBlock($"block{i}", options, dropouts + 1));
            dropouts += TransformerBlock.Dropouts;
        }
    }

    private void AddHead(int neurons, float dropout, int outputs)
    {
        Add(new Dense("dense1", Shape.Last, neurons, Activation.Relu));
        AddDropout(dropout);
        Add(new Dense("dense2", neurons, outputs));
    }

    private void AddDropout(float rate)
    {
        dropouts++;
        Add(new Dropout($"dropout{dropouts}", rate, dropouts));
    }

    private void Add(Layer layer)
    {
        Shape before = Shape;
        Shape = layer.OutputShape(before);
        Layers.Add(layer);
        Summaries.Add(new LayerSummary(
            layer.Name, layer.Kind, Shape, layer.Parameters.Where(parameter => parameter.IsTrainable).Sum(parameter => (long)parameter.Count),
            layer.MultiplyAdds(before)));
    }
}
