using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Reports;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Reports;

/// <summary>The figures of a report, against their definitions written plainly.</summary>
public class ReportFigureTests
{
    [Fact]
    public void A_report_holds_no_pictures()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["one", "two"], perClass: 3, seed: 1);
        ModelReport report = ModelReport.Of(UntrainedModel.Of(new FcSpec(), new() { Width = 16, Height = 16, Depth = 2 }), ImageFolder.Open(folder["photos"]), threads: 2, null, default);
        Assert.Equal(6, report.Images.Count);
        Assert.All(report.Images, image => Assert.Equal((16, 16), image.Size));
        Assert.All(report.Images, image => Assert.NotSame(image.Image, image.Image));
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 7)]
    [InlineData(3, 200)]
    public void The_area_under_the_ROC_curve_is_the_share_of_pairs_that_are_ranked_rightly(int seed, int count)
    {
        JudgedImage[] images = Judged(seed, count);
        Ranking ranking = Ranking.Of(images, ["a", "b"], 0)!;
        double pairs = 0, right = 0;
        foreach (JudgedImage wanted in images.Where(image => image.Label == 0))
            foreach (JudgedImage other in images.Where(image => image.Label != 0))
            {
                (float of, float against) = (wanted.Answer.Probabilities[0].Probability, other.Answer.Probabilities[0].Probability);
                pairs++;
                right += of > against ? 1 : of == against ? 0.5 : 0;
            }
        Assert.Equal(right / pairs, ranking.Area, 1e-12);
        Assert.Equal(1 - ranking.Area, Ranking.Of([.. images.Select(image => image with { Labeled = new(image.Image, 1 - image.Label) })], ["a", "b"], 0)!.Area, 1e-12);
        Assert.Equal((1, 1), (ranking.Found[^1].Recall, ranking.Found[^1].FalseAlarms));
        Assert.InRange(ranking.AreaError, 0, 0.5);
    }

    [Fact]
    public void Average_precision_is_the_mean_precision_at_the_pictures_of_the_class()
    {
        // From the highest probability down: a, b, a, a, b. Precision at the pictures of a: 1/1, 2/3, 3/4.
        JudgedImage[] images = [Judged(0, 0.9f), Judged(1, 0.8f), Judged(0, 0.7f), Judged(0, 0.4f), Judged(1, 0.1f)];
        Assert.Equal((1 + (2.0 / 3) + (3.0 / 4)) / 3, Ranking.Of(images, ["a", "b"], 0)!.AveragePrecision, 1e-12);
        Assert.Null(Ranking.Of(images[2..4], ["a", "b"], 0));
    }

    [Fact]
    public void The_error_of_F1_is_the_error_of_the_share_right_times_the_slope()
    {
        ConfusionMatrix confusion = new(2);
        for (int i = 0; i < 100; i++)
            confusion.Add(i % 2, i < 30 ? 1 - (i % 2) : i % 2);
        double share = 35.0 / 65, step = 1e-6;
        double slope = (F1(share + step) - F1(share - step)) / (2 * step);
        Assert.Equal(confusion.F1(0), F1(share), 1e-12);
        Assert.Equal(slope * Math.Sqrt(share * (1 - share) / 65), StandardErrors.OfF1(confusion, 0), 1e-8);
        Assert.Equal(0.05, StandardErrors.OfShare(0.5, 100), 1e-12);
        Assert.True(double.IsNaN(StandardErrors.OfShare(0, 0)));

        static double F1(double share) => 2 * share / (1 + share);
    }

    [Fact]
    public void The_bins_of_the_calibration_add_up_to_its_error()
    {
        Random random = new(1);
        CalibrationError error = new();
        for (int i = 0; i < 500; i++)
            error.Add(random.NextSingle(), random.Next(2) == 0);
        Assert.Equal(500, error.Bins.Sum(bin => bin.Count));
        Assert.Equal(error.Value, error.Bins.Where(bin => bin.Count > 0).Sum(bin => bin.Count * Math.Abs(bin.MeanConfidence - bin.ShareRight)) / 500, 1e-9);
    }

    [Fact]
    public void Parts_weigh_what_the_log_odds_lose_without_them()
    {
        // A model that sees nothing but the brightness of the cell in column 5 and row 2 of 8: its log-odds are 2 where the cell is white, 0 where it is black.
        Image image = new(32, 16);
        image.Pixels.Fill(10);
        for (int y = 4; y < 6; y++)
            image.Row(y)[(3 * 20)..(3 * 24)].Fill(255);
        Occlusion spoke = Occlusion.Of(Answer, image, 0);
        Assert.Equal((8, 8), (spoke.Columns, spoke.Rows));
        double whole = LogOdds(image), covered = 2 * Math.Round(10 + (245.0 / 64)) / 255;
        for (int row = 0; row < 8; row++)
            for (int column = 0; column < 8; column++)
            {
                // Patches are 2 x 2 cells: the seen cell is in all four of its own, in two of those of a neighbor, in one of those across a corner.
                int away = Math.Abs(column - 5), down = Math.Abs(row - 2);
                double share = away > 1 || down > 1 ? 0 : 1.0 / ((1 + away) * (1 + down));
                Assert.Equal(share * (whole - covered), spoke.Weights[(8 * row) + column], 1e-5);
            }

        static double LogOdds(Image image) => 2.0 * image.Row(4)[3 * 20] / 255;

        static Prediction Answer(Image image)
        {
            float probability = (float)(1 / (1 + Math.Exp(-LogOdds(image))));
            return new Prediction("", 0, [new("a", probability), new("b", 1 - probability)], default) { LabelIndex = 0 };
        }
    }

    private static JudgedImage[] Judged(int seed, int count)
    {
        Random random = new(seed);
        // Tenths, so that some are equal; more of them for the class that is looked for.
        return [.. Enumerable.Range(0, count).Select(i => Judged(i % 3 == 0 ? 0 : 1, (random.Next(8) + (i % 3 == 0 ? 2 : 0)) / 10f))];
    }

    private static JudgedImage Judged(int label, float probability) => new(
        0, new LabeledImage(new Image(1, 1), label), "", new Prediction("", 0, [new("a", probability), new("b", 1 - probability)], default) { LabelIndex = probability > 0.5f ? 0 : 1 });
}
