using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Signatures of small windows behind a learned lift of the pixels, and convolutions over their grid.</summary>
/// <param name="Window">Steps of a window, 2 to 64, on the lifted image of half the size: 4 is more accurate, 8 is cheaper.</param>
/// <param name="Lift">Channels that the pixels are lifted to.</param>
/// <param name="Channels">Channels of the convolutions over the grid; of three, those of the last.</param>
/// <param name="Dropout">Rate in front of the last layer, in [0, 1).</param>
/// <param name="Roots">ε of the signed roots that are taken of the signatures; 0 for none.</param>
/// <param name="Grids">Grids of windows: 2, of which the second lies half a window further down and right, so that windows overlap, or 1.</param>
/// <param name="PlaceWeights">1: the mean over the picture learns what a place counts for, by its distance from the edges, where things stand in the middle; 0: all count the same.</param>
/// <param name="Convolutions">Over the grid: 2, each with all of the channels; or 3, with 3/5, 4/5 and all of them, the last on the maxima of every 2 x 2 cells: for things rather than textures.</param>
public sealed record GridSpec(
    int Window = 4, int Lift = 8, int Channels = 40, float Dropout = 0.3f, float Roots = (float)SignedRoots.DefaultEpsilon, int Grids = 2, int PlaceWeights = 0,
    int Convolutions = 2) : ModelSpec
{
    private static readonly ModelField[] Values =
    [
        ModelField.Rate<GridSpec>("dropout", spec => spec.Dropout, (spec, value) => spec with { Dropout = value }),
        ModelField.Whole<GridSpec>("window", "windows", max: 64, spec => spec.Window, (spec, value) => spec with { Window = value }, min: 2),
        ModelField.Whole<GridSpec>("lift", "lift of the pixels", ModelBounds.MaxSize, spec => spec.Lift, (spec, value) => spec with { Lift = value }),
        ModelField.Whole<GridSpec>("channels", "number of channels", ModelBounds.MaxSize, spec => spec.Channels, (spec, value) => spec with { Channels = value }),
        ModelField.Whole<GridSpec>("grids", "grids of windows", max: 2, spec => spec.Grids, (spec, value) => spec with { Grids = value }, absent: 1),
        ModelField.Whole<GridSpec>(
            "placeWeights", "weights of places", max: 1, spec => spec.PlaceWeights, (spec, value) => spec with { PlaceWeights = value }, min: 0, absent: 0),
        ModelField.Whole<GridSpec>(
            "convolutions", "convolutions over a grid", max: 3, spec => spec.Convolutions, (spec, value) => spec with { Convolutions = value }, min: 2, absent: 2),
        ModelField.Roots<GridSpec>(spec => spec.Roots, (spec, value) => spec with { Roots = value }),
        ModelField.Folded,
    ];

    /// <inheritdoc/>
    public override string Name => ModelKinds.Grid;

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Pixels;

    /// <inheritdoc/>
    public override TrainingOptions DefaultTraining => StandardTraining.OfPixels;

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelField> Fields => Values;

    private bool IsDeep => Convolutions == 3;

    /// <summary>Pixels of a side that a cell takes, or two where cells are taken by twos.</summary>
    private int Step => (IsDeep ? 4 : 2) * Window;

    /// <inheritdoc/>
    protected override void Build(ModelBuilder layers)
    {
        layers.RequirePixels(Step);
        CheckWindows(layers.Shape);
        layers.AddNormalizedConvolution("lift", "lift.norm", Lift, kernel: 3, new Convolution2DOptions { Stride = 2, Padding = 1 });
        SignatureGrid grid = new(Lift, depth: 2, Window);
        layers.Add(new SignatureGridLayer("signatures", grid, overlaps: Grids == 2));
        if (Roots > 0)
            layers.Add(new SignedRootsLayer("signatures.roots", SignedRoots.OfCells(grid, Roots, Grids)));
        // Folded, the next convolution takes this normalization in too.
        layers.AddNormalization("signatures.norm");
        layers.AddNormalizedConvolution("conv1", "norm1", Width(3), kernel: 1, new Convolution2DOptions(), Activation.Relu, hasBias: true);
        layers.AddNormalizedConvolution("conv2", "norm2", Width(4), kernel: 3, new Convolution2DOptions { Padding = 1 }, Activation.Relu);
        if (IsDeep)
        {
            layers.Add(new MaxPool2D("maxima", 2));
            layers.AddNormalizedConvolution("conv3", "norm3", Channels, kernel: 3, new Convolution2DOptions { Padding = 1 }, Activation.Relu);
        }
        layers.Add(new MeanAndMax("pooling", PlaceWeights == 1 ? layers.Shape : null));
        layers.AddDropout(Dropout);
        layers.Add(new Dense("dense", layers.Shape.Last, layers.Outputs, startsSmall: true));
    }

    /// <summary>So many fifths of the channels, rounded up, where convolutions grow wider; else all.</summary>
    private int Width(int fifths) => IsDeep ? (fifths * Channels + 4) / 5 : Channels;

    /// <summary>The lift halves both sides, rounding up, and windows must tile what is left, by twos where cells are taken by twos.</summary>
    private void CheckWindows(Shape pixels)
    {
        if (Tiles(pixels[0]) && Tiles(pixels[1]))
            return;
        throw new SettingException(
            $"Model {Name}: the images are {pixels[1]}x{pixels[0]}; with windows of {Window}{(IsDeep ? " and three convolutions" : "")} both sides must be multiples of {Step}, such as {Down(pixels[1])}x{Down(pixels[0])} or {Up(pixels[1])}x{Up(pixels[0])}.");

        bool Tiles(int side) => (side + 1) / 2 % (Step / 2) == 0;
        int Down(int side) => side / Step * Step;
        int Up(int side) => (side + Step - 1) / Step * Step;
    }
}
