namespace ImageSig.Signature.Kernels;

internal static unsafe partial class LogarithmKernel<TLanes, TVector, T>
{
    /// <summary>Numbers of scratch that <see cref="Backward"/> needs: every bracket of Horner's scheme, and two gradients.</summary>
    public static long BackwardScratchLength(SignatureLayout layout)
    {
        long words = 2L * layout.Length;
        for (int term = 1; term < layout.Depth; term++)
            words += Words(layout, layout.Depth - term);
        return words * TLanes.Width;
    }

    /// <summary>Adds to <paramref name="gradient"/> the cotangent of the signature, given that of its log-signature.</summary>
    /// <param name="plan">The log-signature's basis.</param>
    /// <param name="signature">[words of levels below the depth, lane].</param>
    /// <param name="cotangent">[wanted, lane]; overwritten where the basis is brackets.</param>
    /// <param name="gradient">[F, lane], added to.</param>
    /// <param name="scratch">Of <see cref="BackwardScratchLength"/>.</param>
    public static void Backward(LogPlan plan, T* signature, T* cotangent, T* gradient, T* scratch)
    {
        SignatureLayout layout = plan.Layout;
        int lane = TLanes.Width, depth = layout.Depth;
        // brackets[w] = words[w] − Σ M[w, b] brackets[b], backwards: the last word first.
        if (plan.Rows is not null)
            for (int output = plan.Length - 1; output >= 0; output--)
                foreach ((int column, int coefficient) in plan.Rows[output])
                    Accumulate(cotangent + (long)column * lane, TLanes.Broadcast(T.CreateTruncating(-coefficient)), TLanes.Load(cotangent + (long)output * lane));

        // Bracket k of Horner's scheme: t(k) = −x (1/(k+1) + t(k+1)), levels 1…depth − k. All are kept.
        T* current = scratch, next = scratch + (long)layout.Length * lane;
        T** brackets = stackalloc T*[depth + 1];
        T* place = next + (long)layout.Length * lane;
        for (int term = depth - 1; term >= 1; term--)
        {
            brackets[term] = place;
            place += (long)Words(layout, depth - term) * lane;
            Bracket(layout, signature, term, brackets[term], term == depth - 1 ? null : brackets[term + 1]);
        }

        // log = x (1 + t(1)) at the wanted words.
        new Span<byte>(current, checked((int)((long)layout.Length * lane * sizeof(T)))).Clear();
        int split = 0;
        if (plan.Words is null)
            AllWordsBack(layout, signature, cotangent, brackets[1], current, gradient);
        for (int output = 0; output < plan.Levels.Length; output++)
        {
            TVector c = TLanes.Load(cotangent + (long)output * lane);
            T* own = gradient + (long)plan.PlaceOf(output) * lane;
            TLanes.Store(TLanes.Add(TLanes.Load(own), c), own);
            for (int prefix = 1; prefix < plan.Levels[output]; prefix++, split += 2)
            {
                long front = (long)plan.Splits[split] * lane, back = (long)plan.Splits[split + 1] * lane;
                Accumulate(gradient + front, c, TLanes.Load(brackets[1] + back));
                Accumulate(current + back, c, TLanes.Load(signature + front));
            }
        }
        for (int term = 1; term < depth; term++)
        {
            BracketBack(layout, signature, term, current, next, gradient, term == depth - 1 ? null : brackets[term + 1]);
            T* swap = current;
            current = next;
            next = swap;
        }
    }

    /// <summary>Backward of <see cref="AllWords"/>; the gradients of x and of t are added to.</summary>
    private static void AllWordsBack(SignatureLayout layout, T* x, T* cotangent, T* inner, T* innerGradient, T* gradient)
    {
        int lane = TLanes.Width;
        TVector one = TLanes.Broadcast(T.One);
        for (long word = 0; word < (long)layout.Length * lane; word += lane)
            TLanes.Store(TLanes.Add(TLanes.Load(gradient + word), TLanes.Load(cotangent + word)), gradient + word);
        for (int level = 2; level <= layout.Depth; level++)
            for (int split = 1; split < level; split++)
                OuterBack(cotangent + (long)layout.LevelOffset(level) * lane, one,
                    x + (long)layout.LevelOffset(split) * lane, gradient + (long)layout.LevelOffset(split) * lane, layout.LevelLength(split),
                    inner + (long)layout.LevelOffset(level - split) * lane, innerGradient + (long)layout.LevelOffset(level - split) * lane, layout.LevelLength(level - split));
    }

    /// <summary><c>target = −x (1/(k+1) + inner)</c>, levels 1…depth − k.</summary>
    private static void Bracket(SignatureLayout layout, T* x, int term, T* target, T* inner)
    {
        int lane = TLanes.Width;
        TVector minus = TLanes.Broadcast(-T.One), constant = TLanes.Broadcast(-T.One / T.CreateTruncating(term + 1));
        for (int level = 1; level <= layout.Depth - term; level++)
        {
            T* to = target + (long)layout.LevelOffset(level) * lane, from = x + (long)layout.LevelOffset(level) * lane;
            for (long word = 0; word < (long)layout.LevelLength(level) * lane; word += lane)
                TLanes.Store(TLanes.Multiply(TLanes.Load(from + word), constant), to + word);
            for (int split = 1; split < level; split++)
                AddOuter(x + (long)layout.LevelOffset(split) * lane, layout.LevelLength(split),
                    inner + (long)layout.LevelOffset(level - split) * lane, layout.LevelLength(level - split), minus, to);
        }
    }

    /// <summary>The gradients of x (added to) and of the inner bracket (written), given that of bracket <paramref name="term"/>.</summary>
    private static void BracketBack(SignatureLayout layout, T* x, int term, T* current, T* next, T* gradient, T* inner)
    {
        int lane = TLanes.Width;
        TVector minus = TLanes.Broadcast(-T.One), constant = TLanes.Broadcast(-T.One / T.CreateTruncating(term + 1));
        int levels = layout.Depth - term;
        new Span<byte>(next, checked((int)((long)Words(layout, levels) * lane * sizeof(T)))).Clear();
        for (int level = 1; level <= levels; level++)
        {
            T* from = current + (long)layout.LevelOffset(level) * lane, to = gradient + (long)layout.LevelOffset(level) * lane;
            for (long word = 0; word < (long)layout.LevelLength(level) * lane; word += lane)
                Accumulate(to + word, constant, TLanes.Load(from + word));
            for (int split = 1; split < level; split++)
                OuterBack(from, minus, x + (long)layout.LevelOffset(split) * lane, gradient + (long)layout.LevelOffset(split) * lane, layout.LevelLength(split),
                    inner + (long)layout.LevelOffset(level - split) * lane, next + (long)layout.LevelOffset(level - split) * lane, layout.LevelLength(level - split));
        }
    }

    /// <summary>Backward of <see cref="AddOuter"/>.</summary>
    private static void OuterBack(T* cotangent, TVector factor, T* prefix, T* prefixGradient, int prefixes, T* suffix, T* suffixGradient, int suffixes)
    {
        int lane = TLanes.Width;
        for (int word = 0; word < prefixes; word++, prefix += lane, prefixGradient += lane)
        {
            TVector front = TLanes.Load(prefix), sum = TLanes.Load(prefixGradient);
            for (int rest = 0; rest < suffixes; rest++, cotangent += lane)
            {
                TVector c = TLanes.Multiply(factor, TLanes.Load(cotangent));
                sum = TLanes.MultiplyAdd(c, TLanes.Load(suffix + (long)rest * lane), sum);
                Accumulate(suffixGradient + (long)rest * lane, c, front);
            }
            TLanes.Store(sum, prefixGradient);
        }
    }

    private static void Accumulate(T* target, TVector left, TVector right) =>
        TLanes.Store(TLanes.MultiplyAdd(left, right, TLanes.Load(target)), target);

    private static int Words(SignatureLayout layout, int levels) => layout.LevelOffset(levels) + layout.LevelLength(levels);
}
