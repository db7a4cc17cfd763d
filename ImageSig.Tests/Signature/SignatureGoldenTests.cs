using ImageSig.Signature;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Signature;

/// <summary>Signatures against three independent libraries, in double.</summary>
public class SignatureGoldenTests
{
    [SharedFact("golden")]
    public void Signatures_equal_those_of_other_libraries()
    {
        foreach (GoldenCase golden in GoldenArrays.With("sig"))
            Compare(golden, "sig", new SignatureTransform(golden.Channels, golden.Depth), default);
    }

    [SharedFact("golden")]
    public void A_zero_basepoint_counts_as_a_first_point()
    {
        foreach (GoldenCase golden in GoldenArrays.With("sig_basepoint0"))
            Compare(golden, "sig_basepoint0", new SignatureTransform(golden.Channels, golden.Depth, new SignatureOptions { Basepoint = true }), default);
    }

    [SharedFact("golden")]
    public void A_given_basepoint_counts_as_a_first_point()
    {
        foreach (GoldenCase golden in GoldenArrays.With("sig_basepoint"))
            Compare(golden, "sig_basepoint", new SignatureTransform(golden.Channels, golden.Depth), PathStart.At<double>(golden["basepoint"]));
    }

    [SharedFact("golden")]
    public void The_inverse_is_the_reversed_paths_signature()
    {
        foreach (GoldenCase golden in GoldenArrays.With("sig_inverse"))
            Compare(golden, "sig_inverse", new SignatureTransform(golden.Channels, golden.Depth, new SignatureOptions { Inverse = true }), default);
    }

    [SharedFact("golden")]
    public void Continuing_an_earlier_path_gives_the_whole_paths_signature()
    {
        foreach (GoldenCase golden in GoldenArrays.With("sig_initial"))
        {
            double[] other = golden["combine_other"];
            int otherLength = golden.Shape("combine_other")[1], channels = golden.Channels;
            var transform = new SignatureTransform(channels, golden.Depth);
            var earlier = new double[golden.Batch * transform.Layout.Length];
            transform.Forward<double>(other, golden.Batch, otherLength, earlier);
            double[] last = [.. Enumerable.Range(0, golden.Batch).SelectMany(path => other[((path + 1) * otherLength * channels - channels)..((path + 1) * otherLength * channels)])];
            Compare(golden, "sig_initial", transform, PathStart.After<double>(earlier, last));
        }
    }

    [SharedFact("golden")]
    public void Multiplying_two_signatures_equals_the_libraries_combine()
    {
        foreach (GoldenCase golden in GoldenArrays.With("combine_sig"))
        {
            var layout = new SignatureLayout(golden.Channels, golden.Depth);
            double[] path = golden["path"], other = golden["combine_other"];
            double[] result = new double[golden.Batch * layout.Length];
            for (int index = 0; index < golden.Batch; index++)
                TensorAlgebra.Multiply<double>(layout, One(path, index), One(other, index), result.AsSpan(index * layout.Length, layout.Length));
            GoldenArrays.AssertClose(golden.Name, golden["combine_sig"], result, 1e-12, layout.Length);

            double[] One(double[] batch, int index) =>
                RandomPaths.Signature(batch[(index * batch.Length / golden.Batch)..((index + 1) * batch.Length / golden.Batch)], golden.Channels, golden.Depth);
        }
    }

    private static void Compare(GoldenCase golden, string array, SignatureTransform transform, PathStart<double> start)
    {
        double[] expected = golden[array];
        var actual = new double[expected.Length];
        transform.Forward(golden["path"], golden.Batch, golden.Length, start, actual);
        GoldenArrays.AssertClose($"{golden.Name} {array}", expected, actual, 1e-12, transform.Layout.Length);
    }
}
