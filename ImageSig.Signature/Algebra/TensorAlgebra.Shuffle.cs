using System.Numerics;

namespace ImageSig.Signature;

public static partial class TensorAlgebra
{
    /// <summary>Letters of the longest words whose shuffles are added up: there are 2ⁿ ways to split a word of n letters.</summary>
    private const int MaxShuffleDepth = 30;

    /// <summary>The inner product of two tensors over all words, <c>Σ left(w) right(w)</c>: a linear functional's value at a signature, or the truncated signature kernel of two without its constant 1.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="left">[F].</param>
    /// <param name="right">[F].</param>
    /// <remarks>Each product is added by one fused operation, in the order of the words.</remarks>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    public static T InnerProduct<T>(SignatureLayout layout, ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(InnerProduct), layout, left.Length, nameof(left));
        Check(nameof(InnerProduct), layout, right.Length, nameof(right));
        T sum = T.Zero;
        for (int word = 0; word < layout.Length; word++)
            sum = T.FusedMultiplyAdd(left[word], right[word], sum);
        return sum;
    }

    /// <summary>The shuffle product of two linear functionals of signatures: the functional whose value at any signature is the product of theirs,
    /// <c>⟨left, S⟩ ⟨right, S⟩ = ⟨result, S⟩</c>; so every polynomial of a signature is linear in a longer one.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="left">[F], a coefficient for each word; none for level 0, so no constant.</param>
    /// <param name="right">[F], likewise.</param>
    /// <param name="result">[F], overwritten. Must not overlap what is read.</param>
    /// <remarks><c>result(w) = Σ left(u) right(v)</c> over all ways to part the letters of w, each in its order, into two words u and v. Words of more letters than the depth are left out, so the product
    /// is whole where the longest words of both have together no more letters than that. A word of n letters has 2ⁿ partings, each with one multiply-add and
    /// n steps to find its places: the time is that of n 2ⁿ. With left and right in turn the last bits may differ, where sums are rounded.
    /// Source: Ree, "Lie elements and an algebra associated with shuffles", Annals of Mathematics 68, 1958.</remarks>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout, or the result overlaps what is still read.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A depth above 30.</exception>
    public static void Shuffle<T>(SignatureLayout layout, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Shuffle), layout, left.Length, nameof(left));
        Check(nameof(Shuffle), layout, right.Length, nameof(right));
        Check(nameof(Shuffle), layout, result.Length, nameof(result));
        CheckShuffleDepth(nameof(Shuffle), layout);
        Apart.Check(nameof(Shuffle), "the result overlaps the numbers of left", result[..layout.Length], left[..layout.Length], nameof(result));
        Apart.Check(nameof(Shuffle), "the result overlaps the numbers of right", result[..layout.Length], right[..layout.Length], nameof(result));
        Span<int> letters = stackalloc int[layout.Depth];
        for (int level = 1, place = 0; level <= layout.Depth; level++)
            for (int word = 0; word < layout.LevelLength(level); word++, place++)
            {
                Spell(word, layout.Channels, letters[..level]);
                T sum = T.Zero;
                for (uint parting = 1; parting < (1u << level) - 1; parting++)
                {
                    Part(layout, letters[..level], parting, out int first, out int second);
                    sum = T.FusedMultiplyAdd(left[first], right[second], sum);
                }
                result[place] = sum;
            }
    }

    /// <summary>The gradients of <c>Σ cotangent · Shuffle(left, right)</c>:
    /// <c>d left(u) = Σ cotangent(w) right(v)</c> and <c>d right(v) = Σ cotangent(w) left(u)</c> over the words w that are parted into u and v.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="left">[F], as in the product.</param>
    /// <param name="right">[F], as in the product.</param>
    /// <param name="cotangent">[F], of the product.</param>
    /// <param name="leftGradient">[F], overwritten.</param>
    /// <param name="rightGradient">[F], overwritten. Neither gradient may overlap what is read, nor the other.</param>
    /// <exception cref="ArgumentException">A tensor is smaller than the layout, or a gradient overlaps what is still read.</exception>
    /// <exception cref="ArgumentNullException">No layout.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A depth above 30.</exception>
    public static void ShuffleBackward<T>(SignatureLayout layout, ReadOnlySpan<T> left, ReadOnlySpan<T> right, ReadOnlySpan<T> cotangent, Span<T> leftGradient, Span<T> rightGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckProductGradients(nameof(ShuffleBackward), layout, left, right, cotangent, leftGradient, rightGradient);
        CheckShuffleDepth(nameof(ShuffleBackward), layout);
        leftGradient[..layout.Length].Clear();
        rightGradient[..layout.Length].Clear();
        Span<int> letters = stackalloc int[layout.Depth];
        for (int level = 1, place = 0; level <= layout.Depth; level++)
            for (int word = 0; word < layout.LevelLength(level); word++, place++)
            {
                Spell(word, layout.Channels, letters[..level]);
                for (uint parting = 1; parting < (1u << level) - 1; parting++)
                {
                    Part(layout, letters[..level], parting, out int first, out int second);
                    leftGradient[first] = T.FusedMultiplyAdd(cotangent[place], right[second], leftGradient[first]);
                    rightGradient[second] = T.FusedMultiplyAdd(cotangent[place], left[first], rightGradient[second]);
                }
            }
    }

    /// <summary>The letters of a word of a level, first to last.</summary>
    private static void Spell(int word, int channels, Span<int> letters)
    {
        for (int letter = letters.Length - 1; letter >= 0; letter--, word /= channels)
            letters[letter] = word % channels;
    }

    /// <summary>Where two words stand: that of the letters whose bits are set, and that of the others.</summary>
    private static void Part(SignatureLayout layout, ReadOnlySpan<int> letters, uint parting, out int first, out int second)
    {
        int chosen = BitOperations.PopCount(parting);
        (first, second) = (0, 0);
        for (int letter = 0; letter < letters.Length; letter++)
            if ((parting >> letter & 1) != 0)
                first = first * layout.Channels + letters[letter];
            else
                second = second * layout.Channels + letters[letter];
        first += layout.LevelOffset(chosen);
        second += layout.LevelOffset(letters.Length - chosen);
    }

    private static void CheckShuffleDepth(string operation, SignatureLayout layout)
    {
        if (layout.Depth > MaxShuffleDepth)
            throw new ArgumentOutOfRangeException(nameof(layout), $"{operation}: {layout}; words have at most {MaxShuffleDepth} letters here, for one of n letters is parted in 2ⁿ ways. Lower the depth.");
    }
}
