namespace ImageSig.Tensors.Kernels;

/// <summary>The sizes of a group normalization of [B, ..., C].</summary>
internal readonly struct GroupNormSizes(Shape input, int groups)
{
    public int Samples => input[0];

    public int Channels => input.Last;

    /// <summary>Numbers of one sample.</summary>
    public int SampleCount => input.Count / Samples;

    /// <summary>Channels of one group.</summary>
    public int GroupChannels => Channels / groups;

    /// <summary>Numbers of one group in one sample.</summary>
    public int GroupCount => SampleCount / groups;
}

/// <summary>Groups of channels to mean 0 and variance 1, sample by sample. Columns are summed first, then the columns of a group in order.</summary>
internal static class GroupNormKernel
{
    /// <summary><c>normal = (x − mean) · inverse</c> for the group of each number.</summary>
    /// <param name="inverse">[B, C], receives 1 / √(variance + ε) of each channel's group.</param>
    public static void Forward(in GroupNormSizes sizes, ReadOnlySpan<float> input, float epsilon, Span<float> normal, Span<float> inverse, TensorArena arena)
    {
        (int, int, long) mark = arena.Mark();
        Span<float> sums = arena.Scratch(sizes.Channels);
        Span<float> zeros = arena.Scratch(sizes.Channels);
        zeros.Clear();
        for (int sample = 0; sample < sizes.Samples; sample++)
        {
            ReadOnlySpan<float> x = input.Slice(sample * sizes.SampleCount, sizes.SampleCount);
            Span<float> n = normal.Slice(sample * sizes.SampleCount, sizes.SampleCount);
            Span<float> factor = inverse.Slice(sample * sizes.Channels, sizes.Channels);
            sums.Clear();
            ReduceKernel.AddRows(x, sizes.SampleCount / sizes.Channels, sums);
            ToGroupMeans(sizes, sums);
            factor.Fill(1);
            ColumnKernel.Affine(x, sums, factor, zeros, n);
            sums.Clear();
            ColumnKernel.AddProducts(n, n, sums);
            ToGroupMeans(sizes, sums);
            for (int c = 0; c < factor.Length; c++)
                factor[c] = 1 / MathF.Sqrt(sums[c] + epsilon);
            ColumnKernel.Affine(n, zeros, factor, zeros, n);
        }
        arena.Release(mark);
    }

    /// <summary>With d the gradient of the normal numbers: <c>dx += inverse · (d − mean(d) − normal · mean(d · normal))</c>.</summary>
    public static void Backward(
        in GroupNormSizes sizes, ReadOnlySpan<float> outer, ReadOnlySpan<float> normal, ReadOnlySpan<float> inverse, Span<float> inner, TensorArena arena)
    {
        (int, int, long) mark = arena.Mark();
        Span<float> means = arena.Scratch(sizes.Channels);
        Span<float> slopes = arena.Scratch(sizes.Channels);
        for (int sample = 0; sample < sizes.Samples; sample++)
        {
            ReadOnlySpan<float> d = outer.Slice(sample * sizes.SampleCount, sizes.SampleCount);
            ReadOnlySpan<float> n = normal.Slice(sample * sizes.SampleCount, sizes.SampleCount);
            means.Clear();
            slopes.Clear();
            ReduceKernel.AddRows(d, sizes.SampleCount / sizes.Channels, means);
            ColumnKernel.AddProducts(d, n, slopes);
            ToGroupMeans(sizes, means);
            ToGroupMeans(sizes, slopes);
            ColumnKernel.NormBackward(
                d, n, inverse.Slice(sample * sizes.Channels, sizes.Channels), means, slopes, inner.Slice(sample * sizes.SampleCount, sizes.SampleCount), accumulate: true);
        }
        arena.Release(mark);
    }

    /// <summary>From the sum of each channel to the mean of its group.</summary>
    private static void ToGroupMeans(in GroupNormSizes sizes, Span<float> sums)
    {
        for (int start = 0; start < sums.Length; start += sizes.GroupChannels)
        {
            Span<float> group = sums.Slice(start, sizes.GroupChannels);
            float total = 0;
            foreach (float sum in group)
                total += sum;
            group.Fill(total / sizes.GroupCount);
        }
    }
}
