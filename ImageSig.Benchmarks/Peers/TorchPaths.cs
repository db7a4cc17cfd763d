using TorchSharp;
using static TorchSharp.torch;

namespace ImageSig.Benchmarks.Peers;

/// <summary>Signatures in the operations of LibTorch, all paths at once: the exponential of every step, then neighbors multiplied until one is left.</summary>
internal static class TorchPaths
{
    /// <summary>The signatures [B, F] of paths [B, T, C].</summary>
    public static Tensor Signatures(Tensor paths, int depth) => cat(Levels(paths, depth), 1);

    /// <summary>Their logarithms at some words [B, words].</summary>
    public static Tensor LogSignatures(Tensor paths, int depth, Tensor words)
    {
        Tensor[] signature = Levels(paths, depth), power = signature, sum = [.. signature];
        for (int order = 2; order <= depth; order++)
        {
            Tensor[] product = new Tensor[depth];
            for (int level = order; level <= depth; level++)
                for (int left = order - 1; left < level; left++)
                {
                    Tensor term = Outer(power[left - 1], signature[level - left - 1]);
                    product[level - 1] = left == order - 1 ? term : product[level - 1] + term;
                }
            for (int level = order; level <= depth; level++)
                sum[level - 1] = sum[level - 1].add(product[level - 1], alpha: (order % 2 == 0 ? -1.0 : 1.0) / order);
            power = product;
        }
        return cat(sum, 1).index_select(1, words);
    }

    private static Tensor[] Levels(Tensor paths, int depth)
    {
        long steps = paths.shape[1] - 1;
        Tensor[] levels = new Tensor[depth];
        Tensor increments = levels[0] = paths.narrow(1, 1, steps) - paths.narrow(1, 0, steps);
        for (int level = 2; level <= depth; level++)
            levels[level - 1] = Outer(levels[level - 2], increments / level);
        for (; steps > 1; steps = (steps + 1) / 2)
            levels = Halved(levels, steps);
        return [.. levels.Select(level => level.squeeze(1))];
    }

    /// <summary>Every second signature multiplied with the one behind it; an odd one stays as it is.</summary>
    private static Tensor[] Halved(Tensor[] levels, long steps)
    {
        long pairs = steps / 2;
        Tensor[] left = [.. levels.Select(level => One(level, 0))], right = [.. levels.Select(level => One(level, 1))], product = new Tensor[levels.Length];
        for (int level = 0; level < levels.Length; level++)
        {
            product[level] = left[level] + right[level];
            for (int below = 0; below < level; below++)
                product[level] = product[level] + Outer(left[below], right[level - below - 1]);
            if (steps % 2 == 1)
                product[level] = cat([product[level], levels[level].narrow(1, steps - 1, 1)], 1);
        }
        return product;

        Tensor One(Tensor level, long which) => level.narrow(1, 0, 2 * pairs).reshape(level.shape[0], pairs, 2, level.shape[2]).select(2, which);
    }

    private static Tensor Outer(Tensor left, Tensor right) => (left.unsqueeze(-1) * right.unsqueeze(-2)).flatten(left.dim() - 1);

    /// <summary>Signed roots of levels, which lie one after the other in dimension 1 of images [B, F, H, W].</summary>
    public static Tensor SignedRoots(Tensor images, IReadOnlyList<(int Length, int Degree)> levels, double epsilon)
    {
        List<Tensor> parts = [];
        long start = 0;
        foreach ((int length, int degree) in levels)
        {
            Tensor level = images.narrow(1, start, length);
            parts.Add(degree == 1 ? level : level.sign() * ((level.abs() + epsilon).pow(1.0 / degree) - Math.Pow(epsilon, 1.0 / degree)));
            start += length;
        }
        return cat(parts, 1);
    }

    /// <summary>The grid of expected signatures [B, H/L, W/L, 2 (C + F)] of images [B, H, W, C].</summary>
    public static Tensor Grid(Tensor images, int depth, int window) =>
        cat([AlongRows(images, depth, window), AlongRows(images.transpose(1, 2), depth, window).transpose(1, 2)], 3);

    private static Tensor AlongRows(Tensor images, int depth, int window)
    {
        (long batch, long height, long width, long channels) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        Tensor windows = cat([images, images.narrow(2, width - 1, 1)], 2).unfold(2, window + 1, window).transpose(3, 4).reshape(-1, window + 1, channels);
        Tensor both = cat([windows.mean([1L]), Signatures(windows, depth)], 1);
        return both.reshape(batch, height / window, window, width / window, -1).mean([2L]);
    }
}
