namespace ImageSig.Signature.Kernels;

internal static unsafe partial class LogarithmKernel<TLanes, TVector, T>
{
    /// <summary>The wanted coefficients of the logarithm of one signature, words in the lanes: the bits of <see cref="Log"/>.</summary>
    /// <param name="plan">Which.</param>
    /// <param name="signature">[F].</param>
    /// <param name="inner">[words of levels below the depth], overwritten.</param>
    /// <param name="result">[wanted].</param>
    public static void LogOfOne(LogPlan plan, T* signature, T* inner, T* result)
    {
        InnerOfOne(plan.Layout, signature, inner);
        if (plan.Words is null)
        {
            AllWordsOfOne(plan.Layout, signature, inner, result);
            return;
        }
        int split = 0;
        for (int output = 0; output < plan.Length; output++)
        {
            T sum = signature[plan.Words[output]];
            for (int prefix = 1; prefix < plan.Levels[output]; prefix++, split += 2)
                sum = T.MultiplyAddEstimate(signature[plan.Splits[split]], inner[plan.Splits[split + 1]], sum);
            result[output] = sum;
        }
        if (plan.Rows is null)
            return;
        for (int output = 0; output < plan.Length; output++)
            foreach ((int column, int coefficient) in plan.Rows[output])
                result[output] = T.MultiplyAddEstimate(T.CreateTruncating(-coefficient), result[column], result[output]);
    }

    private static void AllWordsOfOne(SignatureLayout layout, T* x, T* inner, T* result)
    {
        Buffer.MemoryCopy(x, result, (long)layout.Length * sizeof(T), (long)layout.Length * sizeof(T));
        for (int level = 2; level <= layout.Depth; level++)
            for (int split = 1; split < level; split++)
                AddOuterOfOne(x + layout.LevelOffset(split), layout.LevelLength(split),
                    inner + layout.LevelOffset(level - split), layout.LevelLength(level - split), T.One, result + layout.LevelOffset(level));
    }

    private static void InnerOfOne(SignatureLayout layout, T* x, T* inner)
    {
        for (int term = layout.Depth - 1; term >= 1; term--)
        {
            T constant = -T.One * (T.One / T.CreateTruncating(term + 1));
            for (int level = layout.Depth - term; level >= 1; level--)
            {
                T* target = inner + layout.LevelOffset(level), source = x + layout.LevelOffset(level);
                for (int word = 0; word < layout.LevelLength(level); word++)
                    target[word] = source[word] * constant;
                for (int split = 1; split < level; split++)
                    AddOuterOfOne(x + layout.LevelOffset(split), layout.LevelLength(split),
                        inner + layout.LevelOffset(level - split), layout.LevelLength(level - split), -T.One, target);
            }
        }
    }

    /// <summary><see cref="AddOuter"/> of one signature: neighboring suffixes in the lanes.</summary>
    private static void AddOuterOfOne(T* prefix, int prefixes, T* suffix, int suffixes, T factor, T* target)
    {
        int lane = TLanes.Width, whole = suffixes / lane * lane;
        for (int word = 0; word < prefixes; word++, target += suffixes)
        {
            T scaled = prefix[word] * factor;
            TVector broad = TLanes.Broadcast(scaled);
            int rest = 0;
            for (; rest < whole; rest += lane)
                TLanes.Store(TLanes.MultiplyAdd(broad, TLanes.Load(suffix + rest), TLanes.Load(target + rest)), target + rest);
            for (; rest < suffixes; rest++)
                target[rest] = T.MultiplyAddEstimate(scaled, suffix[rest], target[rest]);
        }
    }
}
