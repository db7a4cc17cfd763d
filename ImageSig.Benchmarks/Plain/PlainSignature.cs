namespace ImageSig.Benchmarks.Plain;

/// <summary>Signatures by the plainest loops: one path, one number at a time, written so that they can be read.</summary>
/// <remarks>A term of level k has index <c>(c₁ C + c₂) C + … + cₖ</c> within its level; levels stand one after the other, level 0, which is 1, is left out.</remarks>
internal sealed class PlainSignature(int channels, int depth)
{
    private readonly int[] offsets = Offsets(channels, depth);
    private readonly float[] scratch = new float[2 * Power(channels, depth)];
    private readonly float[] increment = new float[channels];

    /// <summary>F: the terms of levels 1 to depth.</summary>
    public int Length => offsets[depth + 1];

    /// <summary>Where a level begins.</summary>
    public int Offset(int level) => offsets[level];

    /// <summary>The signature of one path [T, C].</summary>
    public void Forward(ReadOnlySpan<float> path, Span<float> signature)
    {
        signature.Clear();
        for (int point = channels; point < path.Length; point += channels)
        {
            for (int channel = 0; channel < channels; channel++)
                increment[channel] = path[point + channel] - path[point - channels + channel];
            Step(signature);
        }
    }

    /// <summary><c>signature ⊗ exp(increment)</c>, from the highest level down, each by Horner's rule: <c>Aₙ += ((z/n + A₁) z/(n − 1) + A₂) … z</c>.</summary>
    private void Step(Span<float> signature)
    {
        for (int level = depth; level >= 1; level--)
        {
            Span<float> here = scratch.AsSpan(0, scratch.Length / 2), next = scratch.AsSpan(scratch.Length / 2);
            here[0] = 1;
            int width = 1;
            for (int below = 1; below < level; below++)
            {
                float share = 1f / (level - below + 1);
                ReadOnlySpan<float> terms = signature[offsets[below]..];
                for (int word = 0; word < width; word++)
                    for (int channel = 0; channel < channels; channel++)
                        next[word * channels + channel] = here[word] * (increment[channel] * share) + terms[word * channels + channel];
                width *= channels;
                Span<float> other = here;
                here = next;
                next = other;
            }
            Span<float> top = signature[offsets[level]..];
            for (int word = 0; word < width; word++)
                for (int channel = 0; channel < channels; channel++)
                    top[word * channels + channel] += here[word] * increment[channel];
        }
    }

    /// <summary><c>log(1 + x) = x − x²/2 + x³/3 − …</c> of a signature.</summary>
    public void Logarithm(ReadOnlySpan<float> signature, Span<float> logarithm)
    {
        float[] power = signature.ToArray(), product = new float[Length];
        signature.CopyTo(logarithm);
        for (int order = 2; order <= depth; order++)
        {
            Array.Clear(product);
            for (int level = order; level <= depth; level++)
                for (int left = order - 1; left < level; left++)
                    AddOuter(power.AsSpan(offsets[left]..offsets[left + 1]), signature[offsets[level - left]..offsets[level - left + 1]], product.AsSpan(offsets[level]));
            (power, product) = (product, power);
            float factor = (order % 2 == 0 ? -1f : 1f) / order;
            for (int term = 0; term < Length; term++)
                logarithm[term] += factor * power[term];
        }
    }

    /// <summary>The gradient of <c>Σ cotangents · signature</c> with respect to the path: every earlier signature is kept, then the steps are taken back.</summary>
    public void Backward(ReadOnlySpan<float> path, ReadOnlySpan<float> cotangents, Span<float> gradient)
    {
        int steps = path.Length / channels - 1;
        float[] earlier = new float[(steps + 1) * Length], exponential = new float[Length];
        float[] outer = cotangents.ToArray(), ofExponential = new float[Length], ofIncrement = new float[channels];
        for (int step = 0; step < steps; step++)
        {
            Increment(path, step);
            earlier.AsSpan(step * Length, Length).CopyTo(earlier.AsSpan((step + 1) * Length));
            Step(earlier.AsSpan((step + 1) * Length, Length));
        }
        gradient.Clear();
        for (int step = steps - 1; step >= 0; step--)
        {
            Increment(path, step);
            Exponential(exponential);
            ReadOnlySpan<float> before = earlier.AsSpan(step * Length, Length);
            outer.CopyTo(ofExponential, 0);
            for (int level = 2; level <= depth; level++)
                for (int left = 1; left < level; left++)
                {
                    // Level k of the product is Σ before[left] ⊗ exponential[k − left]; the two ends, times 1, are outer itself.
                    ReadOnlySpan<float> from = outer.AsSpan(offsets[level]..offsets[level + 1]);
                    AddLeft(from, before[offsets[left]..offsets[left + 1]], ofExponential.AsSpan(offsets[level - left]..offsets[level - left + 1]));
                }
            // From the lowest level up: each takes from those above it, which still are those of the later signature.
            for (int left = 1; left < depth; left++)
                for (int level = left + 1; level <= depth; level++)
                    AddRight(outer.AsSpan(offsets[level]..offsets[level + 1]), exponential.AsSpan(offsets[level - left]..offsets[level - left + 1]), outer.AsSpan(offsets[left]..offsets[left + 1]));
            ExponentialBack(exponential, ofExponential, ofIncrement);
            for (int channel = 0; channel < channels; channel++)
            {
                gradient[(step + 1) * channels + channel] += ofIncrement[channel];
                gradient[step * channels + channel] -= ofIncrement[channel];
            }
        }
    }

    private void Increment(ReadOnlySpan<float> path, int step)
    {
        for (int channel = 0; channel < channels; channel++)
            increment[channel] = path[(step + 1) * channels + channel] - path[step * channels + channel];
    }

    /// <summary>Level n of exp(z) is level n − 1 ⊗ z / n.</summary>
    private void Exponential(Span<float> result)
    {
        increment.CopyTo(result);
        for (int level = 2; level <= depth; level++)
            for (int word = 0; word < offsets[level] - offsets[level - 1]; word++)
                for (int channel = 0; channel < channels; channel++)
                    result[offsets[level] + word * channels + channel] = result[offsets[level - 1] + word] * increment[channel] / level;
    }

    private void ExponentialBack(ReadOnlySpan<float> exponential, Span<float> outer, Span<float> ofIncrement)
    {
        ofIncrement.Clear();
        for (int level = depth; level >= 2; level--)
            for (int word = 0; word < offsets[level] - offsets[level - 1]; word++)
                for (int channel = 0; channel < channels; channel++)
                {
                    float slope = outer[offsets[level] + word * channels + channel] / level;
                    outer[offsets[level - 1] + word] += slope * increment[channel];
                    ofIncrement[channel] += slope * exponential[offsets[level - 1] + word];
                }
        for (int channel = 0; channel < channels; channel++)
            ofIncrement[channel] += outer[channel];
    }

    private static void AddOuter(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sum)
    {
        for (int i = 0; i < left.Length; i++)
            for (int j = 0; j < right.Length; j++)
                sum[i * right.Length + j] += left[i] * right[j];
    }

    private static void AddLeft(ReadOnlySpan<float> product, ReadOnlySpan<float> left, Span<float> ofRight)
    {
        for (int i = 0; i < left.Length; i++)
            for (int j = 0; j < ofRight.Length; j++)
                ofRight[j] += left[i] * product[i * ofRight.Length + j];
    }

    private static void AddRight(ReadOnlySpan<float> product, ReadOnlySpan<float> right, Span<float> ofLeft)
    {
        for (int i = 0; i < ofLeft.Length; i++)
        {
            float sum = 0;
            for (int j = 0; j < right.Length; j++)
                sum += right[j] * product[i * right.Length + j];
            ofLeft[i] += sum;
        }
    }

    private static int[] Offsets(int channels, int depth)
    {
        int[] offsets = new int[depth + 2];
        for (int level = 1, size = channels; level <= depth; level++, size *= channels)
            offsets[level + 1] = offsets[level] + size;
        return offsets;
    }

    private static int Power(int channels, int exponent)
    {
        int power = 1;
        for (int i = 0; i < exponent; i++)
            power *= channels;
        return power;
    }
}
