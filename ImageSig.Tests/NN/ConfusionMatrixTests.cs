using ImageSig.NN;

namespace ImageSig.Tests.NN;

/// <summary>Metrics of a table counted by hand.</summary>
public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Metrics_follow_their_definitions()
    {
        // Actual a: 3 as a, 1 as b. Actual b: 2 as a, 4 as b. Class c does not occur.
        ConfusionMatrix matrix = new(3);
        (int Actual, int Predicted, int Times)[] counts = [(0, 0, 3), (0, 1, 1), (1, 0, 2), (1, 1, 4)];
        foreach ((int actual, int predicted, int times) in counts)
            for (int i = 0; i < times; i++)
                matrix.Add(actual, predicted);
        Assert.Equal(10, matrix.Count);
        Assert.Equal(0.7, matrix.Accuracy, 12);
        Assert.Equal((3.0 / 4 + 4.0 / 6) / 2, matrix.BalancedAccuracy, 12);
        Assert.Equal(0.6, matrix.MajorityRate, 12);
        Assert.Equal(3.0 / 5, matrix.Precision(0), 12);
        Assert.Equal(3.0 / 4, matrix.Recall(0), 12);
        Assert.Equal(2 * (0.6 * 0.75) / (0.6 + 0.75), matrix.F1(0), 12);
        Assert.Equal((4, 6, 0), (matrix.Support(0), matrix.Support(1), matrix.Support(2)));
        Assert.Equal((0, 0, 0), (matrix.Precision(2), matrix.Recall(2), matrix.F1(2)));
        Assert.Equal(2, matrix[1, 0]);
    }

    [Fact]
    public void Of_equal_probabilities_the_first_class_wins() => Assert.Equal(1, ConfusionMatrix.Best([0.2f, 0.4f, 0.4f]));
}
