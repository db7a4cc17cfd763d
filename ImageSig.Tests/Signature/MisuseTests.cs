using System.Globalization;
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

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_augmentation_by_no_finite_number_is_refused(double number)
    {
        Assert.StartsWith($"PathAugmentation.Scale: Factor is {number.ToString(CultureInfo.InvariantCulture)}; it must be a finite number", Assert.Throws<ArgumentOutOfRangeException>(() => new PathAugmentation.Scale(number)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathAugmentation.Scale(2) with { Factor = number });
        Assert.Equal("End", Assert.Throws<ArgumentOutOfRangeException>(() => new PathAugmentation.Time(number)).ParamName);
        Assert.Equal(new PathAugmentation.Scale(2), PathAugmentations.Parse("scale=2").Steps[0]);
    }

    [Fact]
    public void Words_without_a_bracketing_are_refused()
    {
        foreach (int[] word in (int[][])[[], [1, 0], [0, 0], [0, 1, 0, 1]])
            Assert.StartsWith($"LyndonWords.BracketName: ({string.Join(", ", word)}), letters from 0, is no Lyndon word", Assert.Throws<ArgumentException>(() => LyndonWords.BracketName(word)).Message, StringComparison.Ordinal);
        Assert.Equal("[[1,3],2]", LyndonWords.BracketName([0, 2, 1]));
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
        Assert.StartsWith("Exponential: the result overlaps the numbers of the increment, which are in use;", Assert.Throws<ArgumentException>(() => TensorAlgebra.Exponential<double>(layout, memory.AsSpan(0, 2), memory)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Inverse: the result overlaps other numbers of the signature, which are in use;", Assert.Throws<ArgumentException>(() => TensorAlgebra.Inverse<double>(layout, memory.AsSpan(0, 6), memory.AsSpan(1, 6))).Message, StringComparison.Ordinal);
        TensorAlgebra.Inverse<double>(layout, memory, memory);
        Assert.Equal([-1, -2, 3, 5, 4, 6, 7], memory);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_number_of_threads_that_is_none_is_refused(int threads)
    {
        SignatureTransform signature = new(2, 2);
        LogSignatureTransform logarithm = new(2, 2, LogSignatureBasis.Expanded);
        double[] six = new double[6], twelve = new double[12];
        (string Operation, Action Call)[] calls =
        [
            ("Forward", () => signature.Forward<double>(Path, 1, 3, default, six, threads)),
            ("Stream", () => signature.Stream<double>(Path, 1, 3, default, twelve, threads)),
            ("Windows", () => signature.Windows<double>(Path, 1, 3, [new PathWindow(0, 2)], six, threads)),
            ("Backward", () => signature.Backward<double>(Path, 1, 3, default, six, new PathGradients<double> { Paths = new double[6] }, threads)),
            ("Forward", () => logarithm.Forward<double>(Path, 1, 3, default, six, threads)),
            ("FromSignatures", () => logarithm.FromSignatures<double>(six, 1, new double[6], threads)),
            ("FromSignaturesBackward", () => logarithm.FromSignaturesBackward<double>(six, 1, new double[6], new double[6], threads)),
            ("ToSignatures", () => logarithm.ToSignatures<double>(six, 1, new double[6], threads)),
            ("ToSignaturesBackward", () => logarithm.ToSignaturesBackward<double>(six, 1, new double[6], new double[6], threads)),
            ("StreamBackward", () => logarithm.StreamBackward<double>(Path, 1, 3, default, twelve, new PathGradients<double> { Paths = new double[6] }, threads)),
            ("SelectedSignatureTransform", () => new SelectedSignatureTransform(WordSet.Of(2, [0])).Forward<double>(Path, 1, 3, six.AsSpan(0, 1), threads)),
            ("SignatureGrid.Forward", () => new SignatureGrid(2, 1, 1).Forward<double>(Path, 1, 3, 1, new double[24], threads)),
            ("SignatureGrid.Backward", () => new SignatureGrid(2, 1, 1).Backward<double>(Path, 1, 3, 1, new double[24], six, threads)),
            ("PathKernel.Gram", () => new PathKernel(2, 0).Gram<double>(Path, Path, 1, 1, six.AsSpan(0, 1), threads)),
            ("PathKernel.GramBackward", () => new PathKernel(2, 0).GramBackward<double>(Path, Path, 1, 1, six.AsSpan(0, 1), new double[6], new double[6], threads)),
        ];
        foreach ((string operation, Action call) in calls)
            Assert.Equal($"{operation}: threads is {threads}; it must be 1 or more. Environment.ProcessorCount is one for each core. (Parameter 'threads')",
                Assert.Throws<ArgumentOutOfRangeException>(call).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_path_of_no_length_has_neither_prefixes_nor_work(int length)
    {
        SignatureTransform signature = new(2, 2);
        LogSignatureTransform logarithm = new(2, 2, LogSignatureBasis.Words);
        (string Operation, Action Call)[] calls =
        [
            ("PrefixCount", () => signature.PrefixCount<float>(length)), ("PrefixCount", () => logarithm.PrefixCount<float>(length)),
            ("MultiplyAdds", () => signature.MultiplyAdds(length)), ("MultiplyAdds", () => logarithm.MultiplyAdds(length)),
        ];
        foreach ((string operation, Action call) in calls)
            Assert.Equal($"{operation}: length is {length}; a path needs at least 1 point. (Parameter 'length')", Assert.Throws<ArgumentOutOfRangeException>(call).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignatureGrid(2, 1, 1).MultiplyAdds(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignatureGrid(2, 1, 1).MultiplyAdds(1, -2));
    }

    [Fact]
    public void A_transform_writes_over_nothing_that_it_reads()
    {
        SignatureTransform signature = new(2, 2);
        double[] memory = [.. Path, .. new double[6]], signatures = new double[6];
        Assert.StartsWith("Forward: the result overlaps the paths, which are in use;", Assert.Throws<ArgumentException>(() => signature.Forward<double>(memory.AsSpan(0, 6), 1, 3, memory.AsSpan(4, 6))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Forward: the result overlaps the start's signatures, which are in use;", Assert.Throws<ArgumentException>(() =>
            signature.Forward<double>(Path, 1, 3, PathStart.After<double>(signatures, [0, 0]), signatures)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Stream: the result overlaps the start's points, which are in use;", Assert.Throws<ArgumentException>(() =>
            signature.Stream<double>(memory.AsSpan(6, 2), 1, 1, PathStart.At<double>(memory.AsSpan(0, 2)), memory.AsSpan(0, 6))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Windows: the result overlaps the paths, which are in use;", Assert.Throws<ArgumentException>(() =>
            signature.Windows<double>(memory.AsSpan(0, 6), 1, 3, [new PathWindow(0, 3)], memory.AsSpan(0, 6))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Backward: the paths' gradients overlap the paths, which are in use;", Assert.Throws<ArgumentException>(() =>
            signature.Backward<double>(memory.AsSpan(0, 6), 1, 3, signatures, memory.AsSpan(0, 6))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Backward: the paths' gradients overlap the cotangents, which are in use;", Assert.Throws<ArgumentException>(() =>
            signature.Backward<double>(Path, 1, 3, signatures, signatures)).Message, StringComparison.Ordinal);
        Assert.StartsWith("CombineBackward: the later's gradients overlap the earlier's gradients", Assert.Throws<ArgumentException>(() =>
            signature.CombineBackward<double>(new double[6], new double[6], 1, new double[6], signatures, signatures)).Message, StringComparison.Ordinal);
        Assert.StartsWith("CombineBackward: the later's gradients must be [1, 6], 6 numbers, but holds 5;", Assert.Throws<ArgumentException>(() =>
            signature.CombineBackward<double>(new double[6], new double[6], 1, new double[6], signatures, new double[5])).Message, StringComparison.Ordinal);
        Assert.StartsWith("FromSignaturesBackward: the gradients overlap the signatures, which are in use;", Assert.Throws<ArgumentException>(() =>
            new LogSignatureTransform(2, 2, LogSignatureBasis.Words).FromSignaturesBackward<double>(signatures, 1, new double[3], signatures)).Message, StringComparison.Ordinal);
        LogSignatureTransform expanded = new(2, 2, LogSignatureBasis.Expanded);
        Assert.StartsWith("ToSignaturesBackward: the gradients overlap the log-signatures, which are in use;", Assert.Throws<ArgumentException>(() =>
            expanded.ToSignaturesBackward<double>(signatures, 1, new double[6], signatures)).Message, StringComparison.Ordinal);
        Assert.StartsWith("ToSignaturesBackward: cotangents must be [1, 6], 6 numbers, but holds 3;", Assert.Throws<ArgumentException>(() =>
            expanded.ToSignaturesBackward<double>(signatures, 1, new double[3], new double[6])).Message, StringComparison.Ordinal);
        Assert.StartsWith("ExpBackward: the gradient overlaps the numbers of the cotangent, which are in use;", Assert.Throws<ArgumentException>(() =>
            TensorAlgebra.ExpBackward<double>(signature.Layout, new double[6], signatures, signatures)).Message, StringComparison.Ordinal);
        signature.Forward<double>(memory.AsSpan(0, 6), 1, 3, memory.AsSpan(6, 6));
        signature.Combine<double>(signatures, new double[6], 1, signatures);
    }

    [Fact]
    public void What_is_written_lies_over_no_other_row_that_is_read()
    {
        SignatureTransform signature = new(2, 2);
        double[] memory = new double[36], other = new double[12];
        (string Message, Action Act)[] wrong =
        [
            ("Combine: the result overlaps the earlier signatures,", () => signature.Combine<double>(memory.AsSpan(0, 12), other, 2, memory.AsSpan(6, 12))),
            ("Combine: the result overlaps the later signatures,", () => signature.Combine<double>(other, memory.AsSpan(0, 12), 2, memory.AsSpan(0, 12))),
            ("CombineBackward: the earlier's gradients overlap the earlier signatures,", () => signature.CombineBackward<double>(memory.AsSpan(0, 12), other, 2, other, memory.AsSpan(6, 12), new double[12])),
            ("CombineBackward: the later's gradients overlap the earlier's gradients,", () => signature.CombineBackward<double>(other, other, 2, other, memory.AsSpan(0, 12), memory.AsSpan(6, 12))),
            ("Backward: the paths' gradients overlap the start's points,", () => signature.Backward(memory.AsSpan(0, 8), 2, 2, PathStart.After<double>(memory.AsSpan(8, 12), memory.AsSpan(20, 4)), other, new PathGradients<double> { Paths = memory.AsSpan(23, 8) })),
            ("Backward: the points' gradients overlap the start's signatures,", () => signature.Backward(memory.AsSpan(0, 8), 2, 2, PathStart.After<double>(memory.AsSpan(8, 12), memory.AsSpan(20, 4)), other, new PathGradients<double> { Paths = new double[8], Points = memory.AsSpan(15, 4) })),
            ("Backward: the signatures' gradients overlap the paths,", () => signature.Backward(memory.AsSpan(0, 8), 2, 2, PathStart.After<double>(memory.AsSpan(8, 12), memory.AsSpan(20, 4)), other, new PathGradients<double> { Paths = new double[8], Signatures = memory.AsSpan(0, 12) })),
            ("Backward: two of the gradients overlap;", () => signature.Backward(new double[8], 2, 2, PathStart.At<double>(new double[4]), other, new PathGradients<double> { Paths = memory.AsSpan(0, 8), Points = memory.AsSpan(7, 4) })),
            ("FromSignatures: the result overlaps the signatures,", () => new LogSignatureTransform(2, 2, LogSignatureBasis.Expanded).FromSignatures<double>(memory.AsSpan(0, 12), 2, memory.AsSpan(6, 12))),
            ("ToSignatures: the result overlaps the log-signatures,", () => new LogSignatureTransform(2, 2, LogSignatureBasis.Expanded).ToSignatures<double>(memory.AsSpan(0, 12), 2, memory.AsSpan(6, 12))),
            ("SelectedSignatureTransform: the result overlaps the paths,", () => new SelectedSignatureTransform(WordSet.Of(2, [0], [1])).Forward<double>(memory.AsSpan(0, 8), 2, 2, memory.AsSpan(4, 4))),
            ("CombineAll: the result overlaps later signatures,", () => signature.CombineAll<double>(memory.AsSpan(0, 18), memory.AsSpan(12, 6))),
            ("FusedMultiplyExponential: the signature overlaps the numbers of the increment,", () => signature.Join<double>(memory.AsSpan(0, 12), memory.AsSpan(8, 4), 2)),
            ("FusedMultiplyExponential: the scratch overlaps the numbers of the signature,", () => TensorAlgebra.FusedMultiplyExponential<double>(signature.Layout, memory.AsSpan(0, 6), other.AsSpan(0, 2), memory.AsSpan(5, 4))),
            ("Multiply: the result overlaps other numbers of left,", () => TensorAlgebra.Multiply<double>(signature.Layout, memory.AsSpan(0, 6), other.AsSpan(0, 6), memory.AsSpan(1, 6))),
            ("Multiply: the result overlaps the numbers of right,", () => TensorAlgebra.Multiply<double>(signature.Layout, other.AsSpan(0, 6), memory.AsSpan(0, 6), memory.AsSpan(0, 6))),
            ("MultiplyBackward: the left gradient overlaps the numbers of right,", () => TensorAlgebra.MultiplyBackward<double>(signature.Layout, other, memory.AsSpan(0, 6), other, memory.AsSpan(5, 6), memory.AsSpan(20, 6))),
            ("MultiplyBackward: the right gradient overlaps the numbers of the cotangent,", () => TensorAlgebra.MultiplyBackward<double>(signature.Layout, other, other, memory.AsSpan(0, 6), memory.AsSpan(20, 6), memory.AsSpan(5, 6))),
            ("MultiplyBackward: the left gradient overlaps the numbers of the right one,", () => TensorAlgebra.MultiplyBackward<double>(signature.Layout, other, other, other, memory.AsSpan(0, 6), memory.AsSpan(5, 6))),
            ("Log: the result overlaps the numbers of the signature,", () => TensorAlgebra.Log<double>(signature.Layout, memory.AsSpan(0, 6), memory.AsSpan(0, 6))),
            ("Exp: the result overlaps the numbers of the logarithm,", () => TensorAlgebra.Exp<double>(signature.Layout, memory.AsSpan(0, 6), memory.AsSpan(5, 6))),
            ("ScaleLevels: the tensors overlap the factors,", () => TensorAlgebra.ScaleLevels<double>(signature.Layout, memory.AsSpan(0, 6), memory.AsSpan(4, 2))),
            ("SignedRoots.Backward: the gradients overlap other roots,", () => SignedRoots.OfSignatures(signature.Layout).Backward<double>(memory.AsSpan(0, 12), memory.AsSpan(6, 12))),
            ("SignatureGrid.Forward: the cells overlap the images,", () => new SignatureGrid(1, 1, 1).Forward<double>(memory.AsSpan(0, 4), 1, 2, 2, memory.AsSpan(0, 16))),
            ("SignatureGrid.Backward: the gradients overlap the images,", () => new SignatureGrid(1, 1, 1).Backward<double>(memory.AsSpan(0, 4), 1, 2, 2, new double[16], memory.AsSpan(0, 4))),
            ("PathKernel.Gram: the result overlaps the left paths,", () => new PathKernel(2, 0).Gram<double>(memory.AsSpan(0, 8), other, 2, 3, memory.AsSpan(7, 6))),
            ("PathKernel.GramBackward: gradients overlap the paths, or one another;", () => new PathKernel(2, 0).GramBackward<double>(memory.AsSpan(0, 8), other, 2, 3, new double[6], memory.AsSpan(0, 8), new double[12])),
            ("PathKernel.Backward: gradients overlap the paths, or one another;", () => new PathKernel(2, 0).Backward<double>(memory.AsSpan(0, 8), other, memory.AsSpan(8, 8), memory.AsSpan(10, 12))),
        ];
        foreach ((string message, Action act) in wrong)
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
    }
}
