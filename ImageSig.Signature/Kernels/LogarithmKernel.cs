using System.Numerics;
using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The tensor logarithm over lanes. The same operations in the same order as <see cref="TensorAlgebra.Log"/>.</summary>
internal static unsafe partial class LogarithmKernel<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers of scratch that <see cref="Log"/> needs.</summary>
    public static long ScratchLength(SignatureLayout layout) => (long)layout.LevelOffset(layout.Depth) * TLanes.Width;

    /// <summary>The wanted coefficients of the logarithm.</summary>
    /// <param name="plan">Which.</param>
    /// <param name="signature">[F, lane].</param>
    /// <param name="inner">[words of levels below the depth, lane], overwritten: t in <c>log(1 + x) = x (1 + t)</c>.</param>
    /// <param name="result">[wanted, lane].</param>
    public static void Log(LogPlan plan, T* signature, T* inner, T* result)
    {
        Inner(plan.Layout, signature, inner);
        int split = 0, lane = TLanes.Width;
        if (plan.Words is null)
        {
            AllWords(plan.Layout, signature, inner, result);
            return;
        }
        for (int output = 0; output < plan.Length; output++)
        {
            TVector sum = TLanes.Load(signature + (long)plan.Words[output] * lane);
            for (int prefix = 1; prefix < plan.Levels[output]; prefix++, split += 2)
                sum = TLanes.MultiplyAdd(TLanes.Load(signature + (long)plan.Splits[split] * lane), TLanes.Load(inner + (long)plan.Splits[split + 1] * lane), sum);
            TLanes.Store(sum, result + (long)output * lane);
        }
        if (plan.Rows is null)
            return;
        for (int output = 0; output < plan.Length; output++)
        {
            TVector value = TLanes.Load(result + (long)output * lane);
            foreach ((int column, int coefficient) in plan.Rows[output])
                value = TLanes.MultiplyAdd(TLanes.Broadcast(T.CreateTruncating(-coefficient)), TLanes.Load(result + (long)column * lane), value);
            TLanes.Store(value, result + (long)output * lane);
        }
    }

    /// <summary><c>result = x (1 + t)</c>, every word.</summary>
    private static void AllWords(SignatureLayout layout, T* x, T* inner, T* result)
    {
        int lane = TLanes.Width;
        Buffer.MemoryCopy(x, result, (long)layout.Length * lane * sizeof(T), (long)layout.Length * lane * sizeof(T));
        TVector one = TLanes.Broadcast(T.One);
        for (int level = 2; level <= layout.Depth; level++)
            for (int split = 1; split < level; split++)
                AddOuter(x + (long)layout.LevelOffset(split) * lane, layout.LevelLength(split),
                    inner + (long)layout.LevelOffset(level - split) * lane, layout.LevelLength(level - split), one, result + (long)layout.LevelOffset(level) * lane);
    }

    /// <summary>t of <c>log(1 + x) = x (1 + t)</c> by Horner: <c>t = −x (1/2 − x (1/3 − …))</c>, up to level depth − 1.</summary>
    public static void Inner(SignatureLayout layout, T* x, T* inner)
    {
        int lane = TLanes.Width;
        TVector minus = TLanes.Broadcast(-T.One);
        for (int term = layout.Depth - 1; term >= 1; term--)
        {
            TVector constant = TLanes.Broadcast(-T.One * (T.One / T.CreateTruncating(term + 1)));
            // Level n of the new t reads lower levels of the old one only; the highest level has no old value yet.
            for (int level = layout.Depth - term; level >= 1; level--)
            {
                T* target = inner + (long)layout.LevelOffset(level) * lane, source = x + (long)layout.LevelOffset(level) * lane;
                for (int word = 0; word < layout.LevelLength(level); word++)
                    TLanes.Store(TLanes.Multiply(TLanes.Load(source + (long)word * lane), constant), target + (long)word * lane);
                for (int split = 1; split < level; split++)
                    AddOuter(x + (long)layout.LevelOffset(split) * lane, layout.LevelLength(split),
                        inner + (long)layout.LevelOffset(level - split) * lane, layout.LevelLength(level - split), minus, target);
            }
        }
    }

    /// <summary><c>target[u·v] += factor · prefix[u] · suffix[v]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOuter(T* prefix, int prefixes, T* suffix, int suffixes, TVector factor, T* target)
    {
        int lane = TLanes.Width;
        for (int word = 0; word < prefixes; word++, prefix += lane)
        {
            TVector scaled = TLanes.Multiply(TLanes.Load(prefix), factor);
            T* last = suffix;
            for (int rest = 0; rest < suffixes; rest++, last += lane, target += lane)
                TLanes.Store(TLanes.MultiplyAdd(scaled, TLanes.Load(last), TLanes.Load(target)), target);
        }
    }
}
