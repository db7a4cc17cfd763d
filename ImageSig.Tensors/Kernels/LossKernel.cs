namespace ImageSig.Tensors.Kernels;

/// <summary>Losses of one sample, in double.</summary>
internal static class LossKernel
{
    /// <summary>The loss of one row of scores, and its derivative by each of them times <paramref name="factor"/>.</summary>
    /// <param name="logits">[C].</param>
    /// <param name="slopes">[C], receives <c>factor · ∂loss/∂logit</c>.</param>
    /// <returns>Cross-entropy <c>−Σ target_c ln p_c</c>, or with γ > 0 focal <c>−(1 − p)^γ ln p</c> of the label's p.</returns>
    public static double Classification(
        ReadOnlySpan<float> logits, int label, float gamma, float smoothing, double factor, Span<float> slopes)
    {
        double largest = logits[0];
        for (int c = 1; c < logits.Length; c++)
            largest = Math.Max(largest, logits[c]);
        double total = 0;
        for (int c = 0; c < logits.Length; c++)
            total += ScalarMath.Exp(logits[c] - largest);
        double logTotal = largest + ScalarMath.Log(total);

        double logChance = logits[label] - logTotal;
        double chance = ScalarMath.Exp(logChance);
        // d loss / d ln p of the label; the rest follows from d ln p_label / d logit_c = [c = label] − p_c.
        double slope = -1;
        double loss = -logChance;
        if (gamma > 0)
        {
            double rest = 1 - chance;
            double power = Power(rest, gamma);
            // At p = 0 the second term is 0, as is the limit of p ln p.
            slope = -power + (rest > 0 && chance > 0 ? gamma * chance * power / rest * logChance : 0);
            loss = -power * logChance;
        }
        else if (smoothing > 0)
        {
            loss = 0;
            for (int c = 0; c < logits.Length; c++)
                loss -= Target(c, label, smoothing, logits.Length) * (logits[c] - logTotal);
        }
        for (int c = 0; c < logits.Length; c++)
        {
            double p = ScalarMath.Exp(logits[c] - logTotal);
            double target = Target(c, label, smoothing, logits.Length);
            slopes[c] = (float)(factor * slope * (target - p));
        }
        return loss;
    }

    /// <summary>The mean over questions of <c>w t ln(1 + e⁻ˣ) + (1 − t) ln(1 + eˣ)</c>, and its derivatives times <paramref name="factor"/>.</summary>
    /// <param name="logits">[K].</param>
    /// <param name="targets">[K], 0 to 1; NaN where the answer is not known, which costs nothing and moves nothing.</param>
    /// <param name="yesWeights">[K], w, or null for 1.</param>
    /// <param name="slopes">[K], receives <c>factor · ∂loss/∂logit</c>.</param>
    public static double BinaryCrossEntropy(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, IReadOnlyList<float>? yesWeights, double factor, Span<float> slopes)
    {
        double loss = 0;
        for (int k = 0; k < logits.Length; k++)
        {
            if (float.IsNaN(targets[k]))
            {
                slopes[k] = 0;
                continue;
            }
            double yes = (yesWeights is null ? 1.0 : yesWeights[k]) * targets[k];
            double no = 1.0 - targets[k];
            // ln(1 + e^x) and ln(1 + e^−x) differ by x; the smaller comes from a power below 1, which cannot overflow.
            double x = logits[k];
            double power = ScalarMath.Exp(-Math.Abs(x));
            double smaller = ScalarMath.Log(1 + power);
            loss += yes * (smaller + Math.Max(-x, 0)) + no * (smaller + Math.Max(x, 0));
            double chance = (x >= 0 ? 1 : power) / (1 + power);
            slopes[k] = (float)(factor / logits.Length * ((yes + no) * chance - yes));
        }
        return loss / logits.Length;
    }

    /// <summary>The mean of <c>(x − t)²</c>, and its derivatives times <paramref name="factor"/>.</summary>
    public static double SquaredError(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, double factor, Span<float> slopes)
    {
        double loss = 0;
        for (int k = 0; k < outputs.Length; k++)
        {
            double distance = (double)outputs[k] - targets[k];
            loss += distance * distance;
            slopes[k] = (float)(factor * 2 / outputs.Length * distance);
        }
        return loss / outputs.Length;
    }

    /// <summary><c>T² Σ t ln(t / softmax(x / T))</c>, and its derivatives <c>T (Σt · softmax(x / T) − t)</c> times <paramref name="factor"/>.</summary>
    /// <param name="logits">[C], x.</param>
    /// <param name="answers">[C], t, at least 0.</param>
    /// <param name="temperature">T.</param>
    /// <param name="slopes">[C], receives <c>factor · ∂loss/∂logit</c>.</param>
    public static double Distillation(ReadOnlySpan<float> logits, ReadOnlySpan<float> answers, double temperature, double factor, Span<float> slopes)
    {
        double largest = logits[0];
        for (int c = 1; c < logits.Length; c++)
            largest = Math.Max(largest, logits[c]);
        double total = 0, answered = 0;
        for (int c = 0; c < logits.Length; c++)
        {
            total += ScalarMath.Exp((logits[c] - largest) / temperature);
            answered += answers[c];
        }
        double logTotal = ScalarMath.Log(total);
        double loss = 0;
        for (int c = 0; c < logits.Length; c++)
        {
            double logChance = ((logits[c] - largest) / temperature) - logTotal;
            // What a teacher rules out costs nothing: t ln t goes to 0 with t.
            if (answers[c] > 0)
                loss += answers[c] * (ScalarMath.Log(answers[c]) - logChance);
            slopes[c] = (float)(factor * temperature * (answered * ScalarMath.Exp(logChance) - answers[c]));
        }
        return temperature * temperature * loss;
    }

    private static double Target(int c, int label, float smoothing, int classes) =>
        (c == label ? 1.0 - smoothing : 0) + (double)smoothing / classes;

    private static double Power(double value, float exponent) =>
        exponent == 2 ? value * value : value <= 0 ? 0 : ScalarMath.Exp(exponent * ScalarMath.Log(value));
}
