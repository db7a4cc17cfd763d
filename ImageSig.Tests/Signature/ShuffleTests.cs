using FsCheck.Xunit;
using ImageSig.Signature;

namespace ImageSig.Tests.Signature;

/// <summary>The shuffle product of functionals: what makes polynomials of signatures linear.</summary>
[Properties(Arbitrary = [typeof(PathShape)], MaxTest = 50)]
public class ShuffleTests
{
    [Property]
    public bool The_value_of_a_shuffle_is_the_product_of_the_values(PathShape shape)
    {
        SignatureLayout layout = shape.Layout;
        double[] signature = shape.SignatureOf(shape.Path());
        // Words that together have no more letters than the depth.
        double[] left = Functional(shape, 1, shape.Depth / 2), right = Functional(shape, 2, shape.Depth - shape.Depth / 2), product = new double[layout.Length];
        TensorAlgebra.Shuffle<double>(layout, left, right, product);
        double expected = TensorAlgebra.InnerProduct<double>(layout, left, signature) * TensorAlgebra.InnerProduct<double>(layout, right, signature);
        double size = product.Zip(signature, (f, s) => Math.Abs(f * s)).Sum();
        return Math.Abs(expected - TensorAlgebra.InnerProduct<double>(layout, product, signature)) <= 1e-11 * (1 + size);
    }

    [Property]
    public bool Shuffles_have_the_numbers_of_their_recursion(PathShape shape)
    {
        SignatureLayout layout = shape.Layout;
        double[] left = Whole(shape, 1), right = Whole(shape, 2), found = new double[layout.Length];
        TensorAlgebra.Shuffle<double>(layout, left, right, found);
        // Whole numbers, so exact in any order.
        return Enumerable.Range(0, layout.Length).All(place => found[place] == Recursive(layout, left, right, layout.WordAt(place), [], []));
    }

    [Property]
    public bool Shuffles_commute_and_associate(PathShape shape)
    {
        SignatureLayout layout = shape.Layout;
        double[] f = Whole(shape, 1), g = Whole(shape, 2), h = Whole(shape, 3);
        return Shuffled(f, g).SequenceEqual(Shuffled(g, f)) && Shuffled(Shuffled(f, g), h).SequenceEqual(Shuffled(f, Shuffled(g, h)));

        double[] Shuffled(double[] one, double[] other)
        {
            var product = new double[layout.Length];
            TensorAlgebra.Shuffle<double>(layout, one, other, product);
            return product;
        }
    }

    [Property]
    public bool Gradients_of_a_shuffle_are_those_of_a_bilinear_product(PathShape shape)
    {
        SignatureLayout layout = shape.Layout;
        double[] left = Whole(shape, 1), right = Whole(shape, 2), cotangent = Whole(shape, 3), move = Whole(shape, 4), product = new double[layout.Length];
        double[] ofLeft = [.. left.Select(_ => double.NaN)], ofRight = [.. ofLeft];
        TensorAlgebra.ShuffleBackward<double>(layout, left, right, cotangent, ofLeft, ofRight);
        // Bilinear and of whole numbers: the difference of a step of 1 is the derivative, and exact.
        TensorAlgebra.Shuffle<double>(layout, move, right, product);
        bool same = TensorAlgebra.InnerProduct<double>(layout, product, cotangent) == TensorAlgebra.InnerProduct<double>(layout, move, ofLeft);
        TensorAlgebra.Shuffle<double>(layout, left, move, product);
        return same && TensorAlgebra.InnerProduct<double>(layout, product, cotangent) == TensorAlgebra.InnerProduct<double>(layout, move, ofRight);
    }

    [Fact]
    public void A_letter_with_itself_is_twice_the_word_of_both()
    {
        SignatureLayout layout = new(2, 3);
        double[] letter = new double[14], square = new double[14], cube = new double[14];
        letter[1] = 1;
        TensorAlgebra.Shuffle<double>(layout, letter, letter, square);
        TensorAlgebra.Shuffle<double>(layout, square, letter, cube);
        Assert.Equal((2.0, 2.0), (square[layout.IndexOf(1, 1)], square.Sum()));
        Assert.Equal((6.0, 6.0), (cube[layout.IndexOf(1, 1, 1)], cube.Sum()));
    }

    [Fact]
    public void The_inner_product_of_two_signatures_is_the_kernel_without_its_constant()
    {
        double[] left = RandomPaths.Uniform(1, 1, 5, 2, 0.3), right = RandomPaths.Uniform(2, 1, 6, 2, 0.3);
        double truncated = 1 + TensorAlgebra.InnerProduct<double>(new SignatureLayout(2, 10), RandomPaths.Signature(left, 2, 10), RandomPaths.Signature(right, 2, 10));
        Assert.Equal(truncated, new PathKernel(2, 8).Evaluate<double>(left, right), 1e-6);
    }

    [Fact]
    public void Wrong_shuffles_are_refused_in_a_line()
    {
        SignatureLayout layout = new(2, 2);
        double[] memory = new double[12], other = new double[6];
        (string Message, Action Act)[] wrong =
        [
            ("Shuffle: right holds 5 numbers, 2 channels, depth 2, 6 features need 6.", () => TensorAlgebra.Shuffle<double>(layout, other, new double[5], memory)),
            ("Shuffle: the result overlaps the numbers of left, which are in use;", () => TensorAlgebra.Shuffle<double>(layout, memory.AsSpan(0, 6), other, memory.AsSpan(0, 6))),
            ("Shuffle: the result overlaps the numbers of right, which are in use;", () => TensorAlgebra.Shuffle<double>(layout, other, memory.AsSpan(5, 6), memory.AsSpan(0, 6))),
            ("ShuffleBackward: rightGradient holds 5 numbers,", () => TensorAlgebra.ShuffleBackward<double>(layout, other, other, other, memory, new double[5])),
            ("ShuffleBackward: the right gradient overlaps the numbers of left,", () => TensorAlgebra.ShuffleBackward<double>(layout, other, new double[6], new double[6], memory, other)),
            ("ShuffleBackward: the left gradient overlaps the numbers of the right one,", () => TensorAlgebra.ShuffleBackward<double>(layout, other, other, other, memory.AsSpan(0, 6), memory.AsSpan(1, 6))),
            ("InnerProduct: left holds 5 numbers,", () => TensorAlgebra.InnerProduct<double>(layout, new double[5], other)),
        ];
        foreach ((string message, Action act) in wrong)
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
        SignatureLayout deep = new(1, 31);
        Assert.StartsWith("Shuffle: 1 channels, depth 31, 31 features; words have at most 30 letters here,", Assert.Throws<ArgumentOutOfRangeException>(() =>
            TensorAlgebra.Shuffle<double>(deep, new double[31], new double[31], new double[31])).Message, StringComparison.Ordinal);
    }

    /// <summary>Coefficients of words of up to so many letters, and none of longer ones.</summary>
    private static double[] Functional(PathShape shape, int which, int letters)
    {
        double[] functional = RandomPaths.Uniform(shape.Seed + which, 1, shape.Layout.Length, 1);
        return [.. functional.Select((value, place) => shape.Layout.WordAt(place).Length <= letters ? value : 0)];
    }

    private static double[] Whole(PathShape shape, int which) => [.. RandomPaths.Uniform(shape.Seed + which, 1, shape.Layout.Length, 1, 9).Select(value => Math.Round(value))];

    /// <summary>Each letter of a word goes to the one or to the other.</summary>
    private static double Recursive(SignatureLayout layout, double[] left, double[] right, int[] word, int[] first, int[] second) => word.Length > 0
        ? Recursive(layout, left, right, word[1..], [.. first, word[0]], second) + Recursive(layout, left, right, word[1..], first, [.. second, word[0]])
        : first.Length == 0 || second.Length == 0 ? 0 : left[layout.IndexOf(first)] * right[layout.IndexOf(second)];
}
