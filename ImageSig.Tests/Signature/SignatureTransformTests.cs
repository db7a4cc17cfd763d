using ImageSig.Signature;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Signature;

public class SignatureTransformTests
{
    [Fact]
    public void The_corner_has_the_signature_worked_out_by_hand()
    {
        double[] signature = RandomPaths.Signature([0, 0, 1, 0, 1, 1], channels: 2, depth: 3);
        double[] expected = [1, 1, 1 / 2.0, 1, 0, 1 / 2.0, 1 / 6.0, 1 / 2.0, 0, 1 / 2.0, 0, 0, 0, 1 / 6.0];
        Assert.Equal(expected.Length, signature.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], signature[index], 1e-15);
    }

    [Fact]
    public void A_single_point_has_the_identity() =>
        Assert.All(RandomPaths.Signature([3, 4, 5], channels: 3, depth: 4), value => Assert.Equal(0, value));

    [Fact]
    public void An_empty_batch_is_done_at_once() =>
        new SignatureTransform(3, 4).Forward<float>([], batch: 0, length: 5, []);

    [Fact]
    public void Wrong_shapes_are_named_with_their_numbers()
    {
        var transform = new SignatureTransform(3, 2);
        Assert.Equal("Forward: paths must be [1, 4, 3], 12 numbers, but holds 10; this transform was prepared for 3 channels, depth 2, 12 features. (Parameter 'paths')",
            Assert.Throws<ArgumentException>(() => transform.Forward<float>(new float[10], 1, 4, new float[12])).Message);
        Assert.Equal("Forward: the result must be [1, 12], 12 numbers, but holds 11; this transform was prepared for 3 channels, depth 2, 12 features. (Parameter 'signatures')",
            Assert.Throws<ArgumentException>(() => transform.Forward<float>(new float[12], 1, 4, new float[11])).Message);
        Assert.StartsWith("Forward: length is 0; a path needs at least 1 point.",
            Assert.Throws<ArgumentOutOfRangeException>(() => transform.Forward<float>([], 1, 0, new float[12])).Message, StringComparison.Ordinal);
        Assert.StartsWith("Forward: batch is -1;",
            Assert.Throws<ArgumentOutOfRangeException>(() => transform.Forward<float>([], -1, 3, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_basepoints_at_once_are_refused()
    {
        var transform = new SignatureTransform(2, 2, new SignatureOptions { Basepoint = true });
        Assert.StartsWith("Forward: this transform puts the basepoint zero in front, and a start was given as well;",
            Assert.Throws<ArgumentException>(() => transform.Forward(new double[4], 1, 2, PathStart.At<double>(new double[2]), new double[6])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paths_bits_do_not_depend_on_its_neighbors()
    {
        const int Length = 9;
        foreach ((int channels, int depth) in new[] { (1, 3), (2, 5), (3, 1), (3, 2), (3, 4), (4, 3), (5, 3), (8, 2) })
        {
            var transform = new SignatureTransform(channels, depth);
            int features = transform.Layout.Length, row = Length * channels;
            float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(5, 37, Length, channels));
            var together = new float[37 * features];
            transform.Forward<float>(paths, 37, Length, together);
            var alone = new float[features];
            for (int path = 0; path < 37; path++)
            {
                transform.Forward<float>(paths.AsSpan(path * row, row), 1, Length, alone);
                Assert.Equal(alone, together.AsSpan(path * features, features).ToArray());
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        var transform = new SignatureTransform(3, 4);
        var paths = new float[40 * 16 * 3];
        var signatures = new float[40 * transform.Layout.Length];
        for (int warm = 0; warm < 100; warm++)
            transform.Forward<float>(paths, 40, 16, signatures);
        Assert.Equal(0, Cost.UsualBytes(() => transform.Forward<float>(paths, 40, 16, signatures)));
    }
}
