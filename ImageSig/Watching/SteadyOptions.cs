using ImageSig.Tensors;

namespace ImageSig.Watching;

/// <summary>How single answers become a steady one.</summary>
internal sealed record SteadyOptions
{
    /// <summary>How many of the last answers count.</summary>
    public int Frames { get; init; } = 5;

    /// <summary>What <see cref="Frames"/> may be.</summary>
    public static Bounds FrameBounds { get; } = Bounds.Whole(1, 10_000);

    /// <summary>The least mean probability of a class to be believed, 0…1.</summary>
    public double MinConfidence { get; init; } = 0.6;

    /// <summary>How much more probable than the present answer another one must be to take its place, 0…1.</summary>
    public double Hysteresis { get; init; } = 0.1;

    /// <summary>What the two shares may be.</summary>
    public static Bounds ShareBounds { get; } = Bounds.Number(0, 1);
}
