namespace ImageSig.Benchmarks.Running;

/// <summary>Correctness before speed: programs that are compared must have computed the same.</summary>
internal static class Agreement
{
    /// <summary>Throws unless every difference is within <paramref name="tolerance"/> of the largest of our numbers.</summary>
    /// <param name="program">The other program, for the message.</param>
    /// <param name="ours">What ImageSig computed.</param>
    /// <param name="theirs">The same by the other.</param>
    /// <param name="tolerance">As a share of the largest of our numbers.</param>
    /// <exception cref="InvalidOperationException">They differ by more, in number, or one is NaN.</exception>
    public static void Check(string program, ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs, double tolerance = 1e-4)
    {
        if (ours.Length != theirs.Length || ours.Length == 0)
            throw new InvalidOperationException($"{program} gives {theirs.Length} numbers, ImageSig {ours.Length}: it does another work.");
        double largest = 0, worst = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(ours[i]));
            worst = Math.Max(worst, Math.Abs((double)ours[i] - theirs[i]));
        }
        if (!(worst <= tolerance * largest) || largest == 0)
            throw new InvalidOperationException($"{program} differs from ImageSig by {worst:g3}, where the largest number is {largest:g3}: it does another work.");
    }

    /// <summary>Throws unless two pictures are the same but for how decoders round and interpolate.</summary>
    /// <param name="program">The other program, for the message.</param>
    /// <param name="ours">What ImageSig decoded.</param>
    /// <param name="theirs">The same by the other.</param>
    /// <param name="levels">The mean difference that is allowed, of 255 levels.</param>
    /// <exception cref="InvalidOperationException">They differ by more, or in size.</exception>
    public static void CheckPixels(string program, ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs, double levels)
    {
        if (ours.Length != theirs.Length)
            throw new InvalidOperationException($"{program} gives {theirs.Length} levels, ImageSig {ours.Length}: it decodes another picture.");
        long sum = 0;
        for (int i = 0; i < ours.Length; i++)
            sum += Math.Abs(ours[i] - theirs[i]);
        if (sum > levels * ours.Length)
            throw new InvalidOperationException($"{program} differs from ImageSig by {(double)sum / ours.Length:g3} levels in the mean: it decodes another picture.");
    }
}
