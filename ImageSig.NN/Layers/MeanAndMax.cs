using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>[H, W, C] to [2 C]: the mean of every channel, then its maximum.</summary>
/// <remarks>With weights of places the first is the mean of <c>w[i', j', c] · x[i, j, c]</c>, w learned and 1 in the beginning, i' and j' the distances of a place from the nearer edges: places that change
/// places when a picture is mirrored share a weight. Without sharing it is the global depthwise convolution of Chen, Liu, Gao and Han, "MobileFaceNets", 2018, section 3.</remarks>
public sealed class MeanAndMax : Layer
{
    private readonly Shape? weighted;

    /// <summary>A layer for any picture, or for those of one shape, whose places have weights.</summary>
    /// <param name="name">Unique in its model.</param>
    /// <param name="weighted">[H, W, C] of what comes in; null for the plain mean.</param>
    /// <exception cref="ArgumentException">The shape is not [H, W, C].</exception>
    public MeanAndMax(string name, Shape? weighted = null)
        : base(name)
    {
        if (weighted is not { } picture)
            return;
        Check(picture);
        this.weighted = picture;
        (int height, int width) = (picture[0], picture[1]);
        int columns = (width + 1) / 2;
        PlaceWeights = new Parameter($"{name}.places", new Shape((height + 1) / 2, columns, picture[2]), start: 1);
        RowOfPlace = new int[height * width];
        for (int i = 0; i < height; i++)
            for (int j = 0; j < width; j++)
                RowOfPlace[i * width + j] = FromEdge(i, height) * columns + FromEdge(j, width);

        static int FromEdge(int position, int length) => Math.Min(position, length - 1 - position);
    }

    /// <summary>[⌈H/2⌉, ⌈W/2⌉, C]: what a place counts for in the mean, by its distances from the nearer edges; or null.</summary>
    public Parameter? PlaceWeights { get; }

    /// <summary>[H W]: which of the ⌈H/2⌉ ⌈W/2⌉ weights of a channel each place takes.</summary>
    internal int[] RowOfPlace { get; } = [];

    /// <inheritdoc/>
    public override string Kind => PlaceWeights is null ? "Mean and maximum" : "Mean by weights of places, and maximum";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => PlaceWeights is null ? [] : [PlaceWeights];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        Check(input);
        if (weighted is { } picture && input != picture)
            throw new ArgumentException($"{Name} (mean and maximum): the input is {input}; it must be {picture}, for which there are weights.");
        return new Shape(2 * input[2]);
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => weighted?.Count ?? 0;

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => Pool(tape, input, PlaceWeights?.Value);

    /// <summary>Means, by these weights if there are any, and maxima of [B, H, W, C].</summary>
    internal Tensor Pool(Tape tape, Tensor input, Tensor? weights)
    {
        int channels = input.Shape[3];
        Shape rows = new(input.Shape[0], input.Shape[1] * input.Shape[2], channels);
        Tensor places = tape.Reshape(input, rows);
        Tensor weighed = weights is null ? places : tape.Multiply(places, tape.Gather(tape.Reshape(weights, new Shape(weights.Shape.Count / channels, channels)), RowOfPlace));
        Tensor both = tape.Concat(tape.AveragePool1D(weighed, rows[1]), tape.MaxPool1D(places, rows[1]));
        return tape.Reshape(both, new Shape(rows[0], 2 * channels));
    }

    private void Check(Shape picture)
    {
        if (picture.Rank != 3)
            throw new ArgumentException($"{Name} (mean and maximum): the input is {picture}; it must be [H, W, C].");
    }
}
