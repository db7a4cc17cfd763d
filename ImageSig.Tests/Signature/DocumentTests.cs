using ImageSig.Signature;

namespace ImageSig.Tests.Signature;

/// <summary>What docs/signatures.md shows is what runs, and gives what it says.</summary>
public class DocumentTests
{
    [Fact]
    public void The_first_example_gives_the_signature_and_the_area() =>
        AssertNear([1 / 2.0, 1, 1, 1 / 2.0, 1, 0, 1 / 2.0, 1 / 6.0, 1 / 2.0, 0, 1 / 2.0, 0, 0, 0, 1 / 6.0], DocumentExamples.Forward());

    [Fact]
    public void One_path_to_depth_14_takes_the_memory_of_a_few_signatures() =>
        Assert.InRange(DocumentExamples.Memory(), 7_174_452 * 4L, 7_174_452 * 4L * 8);

    [Fact]
    public void The_bases_differ_where_the_document_says()
    {
        double[][] bases = DocumentExamples.Bases();
        for (int index = 0; index < 14; index++)
            if (index != 10)
                Assert.Equal(bases[0][index], bases[1][index], 1e-15);
        AssertNear([-1 / 6.0, 1 / 6.0, 1 / 3.0], [bases[0][10], bases[1][10], bases[0][9]]);
    }

    [Fact]
    public void Continuing_gives_the_whole_paths_signature()
    {
        (double[] whole, double[] continued) = DocumentExamples.Continuing(RandomPaths.Uniform(1, 1, 12, 2));
        AssertNear(whole, continued);
    }

    [Fact]
    public void The_interval_is_that_of_the_points_named()
    {
        double[] points = RandomPaths.Uniform(2, 1, 12, 2);
        AssertNear(RandomPaths.Signature(points[6..16], 2, 3), DocumentExamples.Intervals(points));
    }

    [Fact]
    public void The_gradient_of_an_increment_is_plus_and_minus_one_at_the_ends() =>
        AssertNear([-1, 0, 0, 0, 0, 0, 1, 0], DocumentExamples.Gradient(RandomPaths.Uniform(3, 1, 4, 2)));

    [Fact]
    public void The_layers_go_from_paths_to_classes() =>
        Assert.Equal(new ImageSig.Tensors.Shape(2), DocumentExamples.Layers().OutputShape(new ImageSig.Tensors.Shape(64, 3)));

    [Fact]
    public void Augmenting_ends_at_time_one() => Assert.Equal(1, DocumentExamples.Augmented(RandomPaths.Uniform(4, 1, 10, 2))[^1]);

    [Fact]
    public void The_shuffle_of_the_area_is_its_square()
    {
        (double squared, double product) = DocumentExamples.Functionals(RandomPaths.Uniform(5, 1, 12, 2));
        Assert.InRange(product, 1e-6, double.MaxValue);
        Assert.Equal(product, squared, 1e-12 * (1 + product));
    }

    [Fact]
    public void The_distance_of_two_sets_of_paths_is_above_that_of_one_with_itself()
    {
        double[] ours = RandomPaths.Uniform(6, 4, 10, 2, 0.3), theirs = [.. RandomPaths.Uniform(7, 4, 10, 2, 0.3).Select(value => value + 1)];
        Assert.InRange(DocumentExamples.Lifted(ours, theirs), 1e-3, 1e3);
        Assert.Equal(0, DocumentExamples.Lifted(ours, [.. ours]), 1e-12);
    }

    [Fact]
    public void Roots_of_a_straight_step_are_the_steps_over_roots_of_factorials()
    {
        double[] roots = DocumentExamples.Roots([0, 0, 0, 1, 1, 1]);
        int[] factorials = [1, 2, 6, 24];
        for (int level = 1; level <= 4; level++)
        {
            double power = 1.0 / level, expected = Math.Pow(1.0 / factorials[level - 1] + 0.01, power) - Math.Pow(0.01, power);
            Assert.Equal(level == 1 ? 1 : expected, roots[new SignatureLayout(3, 4).LevelOffset(level)], 1e-13);
        }
    }

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 1e-13);
    }
}
