using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Tests.Signature;

/// <summary>Arguments that cannot be meant are refused in a line that says so; none of them is taken for another.</summary>
public class MisuseTests
{
    private static readonly double[] Path = [0, 0, 1, 0, 1, 1];

    [Fact]
    public void A_step_beyond_the_path_leaves_one_window()
    {
        Assert.Equal([new PathWindow(0, 3)], PathWindow.Expanding(10, 3, int.MaxValue));
        Assert.Equal([new PathWindow(0, 3)], PathWindow.Sliding(10, 3, int.MaxValue));
        Assert.Equal([new PathWindow(0, 1), new PathWindow(int.MaxValue - 1, int.MaxValue)], PathWindow.Sliding(int.MaxValue, 1, int.MaxValue - 1));
    }

    [Theory]
    [InlineData(LogSignatureBasis.Expanded, 14)]
    [InlineData(LogSignatureBasis.Words, 5)]
    [InlineData(LogSignatureBasis.Brackets, 5)]
    public void A_number_of_no_word_is_refused(LogSignatureBasis basis, int length)
    {
        LogSignatureTransform transform = new(2, 3, basis);
        foreach (int index in (int[])[-1, length, int.MaxValue])
        {
            Assert.Equal($"LogSignatureTransform: index {index} is outside 0…{length - 1}. (Parameter 'index')", Assert.Throws<ArgumentOutOfRangeException>(() => transform.WordAt(index)).Message);
            Assert.Throws<ArgumentOutOfRangeException>(() => transform.NameAt(index));
        }
    }

    [Fact]
    public void Roots_of_no_level_basis_or_row_are_refused()
    {
        foreach (int depth in (int[])[-1, 0])
            Assert.Equal("depth", Assert.Throws<ArgumentOutOfRangeException>(() => SignedRoots.OfLogSignatures(3, depth, LogSignatureBasis.Words)).ParamName);
        Assert.Equal("basis", Assert.Throws<ArgumentOutOfRangeException>(() => SignedRoots.OfLogSignatures(3, 2, (LogSignatureBasis)9)).ParamName);
        Assert.StartsWith("SignedRoots: 2147483647 cells of 30 numbers are more than", Assert.Throws<SettingException>(() => SignedRoots.OfCells(new SignatureGrid(3, 2, 4), cells: int.MaxValue)).Message, StringComparison.Ordinal);
        Assert.Equal(14, SignedRoots.OfLogSignatures(3, 3, LogSignatureBasis.Words).Length);
    }

    [Theory]
    [InlineData(46_340, 2)]
    [InlineData(1_000_000_000, 1)]
    public void A_grid_whose_cell_fits_no_array_is_refused(int channels, int depth) =>
        Assert.StartsWith($"SignatureGrid: {channels} channels to depth {depth} need more than", Assert.Throws<SettingException>(() => new SignatureGrid(channels, depth, 4)).Message, StringComparison.Ordinal);

    [Fact]
    public void Words_without_end_are_refused()
    {
        Assert.StartsWith("WordSet.UpToWeight: the words of 1 channels up to the weight ", Assert.Throws<SettingException>(() => WordSet.UpToWeight([1], double.PositiveInfinity)).Message, StringComparison.Ordinal);
        Assert.StartsWith("WordSet: a word is null", Assert.Throws<ArgumentException>(() => WordSet.Of(2, [0], null!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Augmentations_that_fit_no_array_are_refused_before_the_work()
    {
        PathAugmentations many = PathAugmentations.Parse(string.Join(',', Enumerable.Repeat("lead-lag", 16))), more = new([.. many.Steps, .. many.Steps]);
        Assert.StartsWith("PathAugmentations.Forward: 1 paths of 32769 points in 65536 channels are more than", Assert.Throws<SettingException>(() => many.Forward<float>(new float[4], 1, 2, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<SettingException>(() => many.Backward<float>(new float[4], 1, 2, 2));
        Assert.Throws<SettingException>(() => more.OutputShape(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PathAugmentations.Parse("basepoint").Backward<float>(new float[2], 1, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => many.OutputShape(2, 0));
    }

    [Fact]
    public void An_augmentation_that_is_none_is_refused()
    {
        Assert.Equal("PathAugmentations: a step is null; leave it out. (Parameter 'steps')", Assert.Throws<ArgumentException>(() => new PathAugmentations(new PathAugmentation.Time(), null!)).Message);
        Assert.Throws<ArgumentNullException>(() => new PathAugmentations() with { Steps = null! });
        Assert.Throws<SettingException>(() => PathAugmentations.Parse("scale=NaN"));
    }

    [Fact]
    public void A_path_that_goes_on_needs_the_earlier_signature() =>
        Assert.StartsWith("PathStart.After: there are no signatures of the earlier paths;", Assert.Throws<ArgumentException>(() => { PathStart.After<double>([], [1, 2]); }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_gradient_of_a_point_that_is_not_there_is_refused()
    {
        SignatureTransform transform = new(2, 2);
        Assert.StartsWith("Backward: gradients of the points in front are asked for, and no point stands in front;", Assert.Throws<ArgumentException>(() =>
            transform.Backward<double>(Path, 1, 3, default, new double[6], new PathGradients<double> { Paths = new double[6], Points = new double[2] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_know_neither_overflow_nor_options()
    {
        SignaturePath<double> path = new(2, 2);
        path.Append(Path);
        Assert.Throws<ArgumentOutOfRangeException>(() => path.Signature(int.MaxValue, int.MinValue, new double[6]));
        foreach (SignatureOptions options in (SignatureOptions[])[new() { Inverse = true }, new() { Basepoint = true }])
            Assert.StartsWith("SignaturePath.LogSignature: the transform has a basepoint or is that of the inverse,", Assert.Throws<ArgumentException>(() =>
                path.LogSignature(0, 3, new LogSignatureTransform(2, 2, LogSignatureBasis.Words, options), new double[3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_over_what_is_still_read_is_refused()
    {
        SignatureLayout layout = new(2, 2);
        double[] memory = [1, 2, 3, 4, 5, 6, 7];
        Assert.StartsWith("Exponential: result overlaps its input", Assert.Throws<ArgumentException>(() => TensorAlgebra.Exponential<double>(layout, memory.AsSpan(0, 2), memory)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Inverse: result overlaps its input", Assert.Throws<ArgumentException>(() => TensorAlgebra.Inverse<double>(layout, memory.AsSpan(0, 6), memory.AsSpan(1, 6))).Message, StringComparison.Ordinal);
        TensorAlgebra.Inverse<double>(layout, memory, memory);
        Assert.Equal([-1, -2, 3, 5, 4, 6, 7], memory);
    }
}
