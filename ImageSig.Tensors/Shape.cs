using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ImageSig.Tensors;

/// <summary>The dimensions of a row-major block, outermost first; rank 0 (a scalar) to 4. <c>[B, T, C]</c>.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The most dimensions a shape can have.</summary>
    public const int MaxRank = 4;

    private readonly int first;
    private readonly int second;
    private readonly int third;
    private readonly int fourth;

    /// <summary>A shape of the given dimensions, outermost first.</summary>
    /// <exception cref="ArgumentException">More than four dimensions, or one below 1.</exception>
    /// <exception cref="SettingException">More than 2³¹ − 1 elements.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Length > MaxRank)
            throw new ArgumentException($"Shape: {dimensions.Length} dimensions; at most {MaxRank} are supported. Merge neighboring ones.");
        long count = 1;
        foreach (int dimension in dimensions)
        {
            if (dimension < 1)
                throw new ArgumentException($"Shape: a dimension is {dimension}; every dimension must be at least 1.");
            count *= dimension;
            if (count > int.MaxValue)
                throw new SettingException($"Shape: more than {int.MaxValue} elements; use a smaller batch.");
        }
        Rank = dimensions.Length;
        Count = (int)count;
        first = Rank > 0 ? dimensions[0] : 1;
        second = Rank > 1 ? dimensions[1] : 1;
        third = Rank > 2 ? dimensions[2] : 1;
        fourth = Rank > 3 ? dimensions[3] : 1;
    }

    /// <summary>The shape of one number.</summary>
    public static Shape Scalar => new([]);

    /// <summary>How many dimensions, 0 to 4.</summary>
    public int Rank { get; }

    /// <summary>How many elements: the product of the dimensions (1 for a scalar).</summary>
    public int Count { get; }

    /// <summary>Dimension <paramref name="index"/>, 0 the outermost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="Rank"/>.</exception>
    public int this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Rank);
            return index switch { 0 => first, 1 => second, 2 => third, _ => fourth };
        }
    }

    /// <summary>The innermost dimension: the length of a row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape is that of a single number.</exception>
    public int Last => this[Rank - 1];

    /// <summary>This shape with one more dimension in front: <c>[T, C]</c> becomes <c>[batch, T, C]</c>.</summary>
    /// <exception cref="ArgumentException">The batch is below 1, or the elements are too many.</exception>
    /// <exception cref="InvalidOperationException">The shape has <see cref="MaxRank"/> dimensions already.</exception>
    public Shape WithBatch(int batch) => Rank switch
    {
        0 => new(batch),
        1 => new(batch, first),
        2 => new(batch, first, second),
        3 => new(batch, first, second, third),
        _ => throw new InvalidOperationException($"WithBatch: {this} already has {MaxRank} dimensions."),
    };

    /// <summary>The dimensions as an array, outermost first.</summary>
    public int[] ToArray()
    {
        int[] dimensions = new int[Rank];
        for (int i = 0; i < Rank; i++)
            dimensions[i] = this[i];
        return dimensions;
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) =>
        Rank == other.Rank && Count == other.Count
        && first == other.first && second == other.second && third == other.third && fourth == other.fourth;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rank, first, second, third, fourth);

    /// <summary>Whether both have the same dimensions.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether a dimension differs.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary><c>[64, 120]</c>.</summary>
    public override string ToString() =>
        $"[{string.Join(", ", ToArray().Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)))}]";
}
