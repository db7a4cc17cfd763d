using System.Numerics;

namespace ImageSig.Checking;

/// <summary>Finds pictures that are the same or nearly so, without comparing all with all.</summary>
/// <remarks>Two hashes of 128 bits that differ in at most ten have at least one of eleven bands in common, by the pigeonhole principle: only pictures that share a band are
/// compared, first by their bits, then by their levels. (Norouzi, Punjani, Fleet: "Fast exact search in Hamming space with multi-index hashing", 2014.)</remarks>
internal static class Lookalikes
{
    private const int MaxBits = 10, Bands = MaxBits + 1, HashBits = 128;

    /// <summary>Correlation of two pictures' levels from which they count as the same.</summary>
    private const double MinLikeness = 0.97;

    /// <summary>The same for their detail, which recompression and scaling change more.</summary>
    private const double MinLikenessOfDetail = 0.8;

    /// <summary>Below this standard deviation of its levels a picture has no shape to compare.</summary>
    private const double MinContrast = 4;

    /// <summary>Groups of at least two, each ascending, in order of their first.</summary>
    /// <param name="pictures">Null where a picture could not be read.</param>
    public static IReadOnlyList<int[]> Group(IReadOnlyList<PictureFacts?> pictures)
    {
        int[] leaders = [.. Sequences.Range(0, pictures.Count)];
        Dictionary<ulong, int> same = [];
        for (int i = 0; i < pictures.Count; i++)
            if (pictures[i] is { } facts && !same.TryAdd(facts.Pixels, i))
                Join(same[facts.Pixels], i);
        for (int band = 0; band < Bands; band++)
            JoinWithin(band);
        return
        [
            .. Sequences.Range(0, pictures.Count).GroupBy(Leader).Select(group => group.ToArray()).Where(group => group.Length > 1),
        ];

        void JoinWithin(int band)
        {
            (int from, int to) = (band * HashBits / Bands, (band + 1) * HashBits / Bands);
            UInt128 mask = (UInt128.One << (to - from)) - 1;
            Dictionary<int, List<int>> buckets = [];
            for (int i = 0; i < pictures.Count; i++)
            {
                if (pictures[i] is not { Levels.Contrast: >= MinContrast } facts)
                    continue;
                int key = (int)((facts.Shape >> from) & mask);
                if (!buckets.TryGetValue(key, out List<int>? bucket))
                    buckets[key] = bucket = [];
                foreach (int other in bucket)
                    if (Alike(pictures[other]!, facts))
                        Join(other, i);
                bucket.Add(i);
            }
        }

        int Leader(int index)
        {
            while (leaders[index] != index)
                index = leaders[index] = leaders[leaders[index]];
            return index;
        }

        void Join(int left, int right)
        {
            (int a, int b) = (Leader(left), Leader(right));
            leaders[Math.Max(a, b)] = Math.Min(a, b);
        }
    }

    private static bool Alike(PictureFacts left, PictureFacts right)
    {
        UInt128 different = left.Shape ^ right.Shape;
        int bits = BitOperations.PopCount((ulong)different) + BitOperations.PopCount((ulong)(different >> 64));
        return bits <= MaxBits && left.Likeness(right) >= MinLikeness && left.LikenessOfDetail(right) >= MinLikenessOfDetail;
    }
}
