using System.Numerics;

namespace ImageSig.Signature;

/// <summary>A change of the path before its signature. Every one is affine in the path, so each has an exact gradient.</summary>
public abstract record PathAugmentation
{
    /// <summary>Adds time, 0…<paramref name="End"/> evenly, as the last channel: the signature then sees the pace, and determines the path.</summary>
    /// <param name="End">A finite number.</param>
    public sealed record Time(double End = 1) : PathAugmentation
    {
        /// <summary>The time of the last point.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
        public double End { get; init => field = Finite(value, nameof(Time), nameof(End)); } = Finite(End, nameof(Time), nameof(End));

        /// <inheritdoc/>
        public override (int Length, int Channels) OutputShape(int length, int channels) => (length, channels + 1);

        internal override void Forward<T>(ReadOnlySpan<T> path, int length, int channels, Span<T> result)
        {
            for (int point = 0; point < length; point++)
            {
                path.Slice(point * channels, channels).CopyTo(result[(point * (channels + 1))..]);
                result[point * (channels + 1) + channels] = length == 1 ? T.Zero : T.CreateTruncating(End * ((double)point / (length - 1)));
            }
        }

        internal override void Backward<T>(ReadOnlySpan<T> cotangent, int length, int channels, Span<T> gradient)
        {
            for (int point = 0; point < length; point++)
                cotangent.Slice(point * (channels + 1), channels).CopyTo(gradient[(point * channels)..]);
        }
    }

    /// <summary>The path beside its own future: points (x₀, x₀), (x₀, x₁), (x₁, x₁), …; the lag stands first. Its signature holds quadratic variation.</summary>
    public sealed record LeadLag : PathAugmentation
    {
        /// <inheritdoc/>
        public override (int Length, int Channels) OutputShape(int length, int channels) => (2 * length - 1, 2 * channels);

        internal override void Forward<T>(ReadOnlySpan<T> path, int length, int channels, Span<T> result)
        {
            for (int point = 0; point < 2 * length - 1; point++)
            {
                path.Slice(point / 2 * channels, channels).CopyTo(result[(2 * point * channels)..]);
                path.Slice((point + 1) / 2 * channels, channels).CopyTo(result[((2 * point + 1) * channels)..]);
            }
        }

        internal override void Backward<T>(ReadOnlySpan<T> cotangent, int length, int channels, Span<T> gradient)
        {
            gradient.Clear();
            for (int point = 0; point < 2 * length - 1; point++)
                for (int channel = 0; channel < channels; channel++)
                {
                    gradient[point / 2 * channels + channel] += cotangent[2 * point * channels + channel];
                    gradient[(point + 1) / 2 * channels + channel] += cotangent[(2 * point + 1) * channels + channel];
                }
        }
    }

    /// <summary>Puts the point zero in front, so that the absolute position counts.</summary>
    public sealed record Basepoint : PathAugmentation
    {
        /// <inheritdoc/>
        public override (int Length, int Channels) OutputShape(int length, int channels) => (length + 1, channels);

        internal override void Forward<T>(ReadOnlySpan<T> path, int length, int channels, Span<T> result)
        {
            result[..channels].Clear();
            path.CopyTo(result[channels..]);
        }

        internal override void Backward<T>(ReadOnlySpan<T> cotangent, int length, int channels, Span<T> gradient) =>
            cotangent[channels..].CopyTo(gradient);
    }

    /// <summary>Adds a channel that is 1 along the path and 0 at its end: (x, 1)…, then the last point with 0, then zero. The signature then
    /// sees the path's position, and ends where it began.</summary>
    /// <remarks>Source: Wu, Yang, Kumar, Jin, Ni, Lyons, "Signature features with the visibility transformation", 2020.</remarks>
    public sealed record InvisibilityReset : PathAugmentation
    {
        /// <inheritdoc/>
        public override (int Length, int Channels) OutputShape(int length, int channels) => (length + 2, channels + 1);

        internal override void Forward<T>(ReadOnlySpan<T> path, int length, int channels, Span<T> result)
        {
            result.Clear();
            for (int point = 0; point <= length; point++)
            {
                path.Slice(Math.Min(point, length - 1) * channels, channels).CopyTo(result[(point * (channels + 1))..]);
                result[point * (channels + 1) + channels] = point < length ? T.One : T.Zero;
            }
        }

        internal override void Backward<T>(ReadOnlySpan<T> cotangent, int length, int channels, Span<T> gradient)
        {
            gradient.Clear();
            for (int point = 0; point <= length; point++)
                for (int channel = 0; channel < channels; channel++)
                    gradient[Math.Min(point, length - 1) * channels + channel] += cotangent[point * (channels + 1) + channel];
        }
    }

    /// <summary>Running sums: point t is x₀ + … + xₜ.</summary>
    public sealed record CumulativeSum : PathAugmentation
    {
        /// <inheritdoc/>
        public override (int Length, int Channels) OutputShape(int length, int channels) => (length, channels);

        internal override void Forward<T>(ReadOnlySpan<T> path, int length, int channels, Span<T> result)
        {
            path.CopyTo(result);
            for (int index = channels; index < path.Length; index++)
                result[index] += result[index - channels];
        }

        internal override void Backward<T>(ReadOnlySpan<T> cotangent, int length, int channels, Span<T> gradient)
        {
            cotangent.CopyTo(gradient);
            for (int index = gradient.Length - channels - 1; index >= 0; index--)
                gradient[index] += gradient[index + channels];
        }
    }

    /// <summary>Multiplies every channel by <paramref name="Factor"/>.</summary>
    /// <param name="Factor">A finite number.</param>
    public sealed record Scale(double Factor) : PathAugmentation
    {
        /// <summary>What every channel is multiplied by.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is not finite, as one over the deviation of a channel that never changes.</exception>
        public double Factor { get; init => field = Finite(value, nameof(Scale), nameof(Factor)); } = Finite(Factor, nameof(Scale), nameof(Factor));

        /// <inheritdoc/>
        public override (int Length, int Channels) OutputShape(int length, int channels) => (length, channels);

        internal override void Forward<T>(ReadOnlySpan<T> path, int length, int channels, Span<T> result)
        {
            T factor = T.CreateTruncating(Factor);
            for (int index = 0; index < path.Length; index++)
                result[index] = path[index] * factor;
        }

        internal override void Backward<T>(ReadOnlySpan<T> cotangent, int length, int channels, Span<T> gradient) =>
            Forward(cotangent, length, channels, gradient);
    }

    private static double Finite(double value, string augmentation, string name) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, $"PathAugmentation.{augmentation}: {name} is {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}; it must be a finite number, or all signatures would be none.");

    /// <summary>T' and C' of the changed path.</summary>
    public abstract (int Length, int Channels) OutputShape(int length, int channels);

    /// <summary>The changed path [T', C'] of one path [T, C].</summary>
    internal abstract void Forward<T>(ReadOnlySpan<T> path, int length, int channels, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The gradient [T, C] of a path, given the cotangent [T', C'] of the changed one.</summary>
    internal abstract void Backward<T>(ReadOnlySpan<T> cotangent, int length, int channels, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
