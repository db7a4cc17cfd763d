using ImageSig.Cli.Display;
using ImageSig.Comparison;
using ImageSig.Imaging;
using ImageSig.Tensors;
using ImageSig.Tests.Support;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.Comparison;

public class ContestTests
{
    private static readonly ContestSettings Settings = new(Seed: 1, Threads: 2, Epochs: 1);

    [Fact]
    public void Kernel_ridge_solves_its_equations()
    {
        float[][] samples = [.. Enumerable.Range(0, 23).Select(index => Numbers.Uniform(5, (uint)index + 1))];
        int[] labels = [.. Enumerable.Range(0, 23).Select(index => index % 3)];
        KernelRidge ridge = KernelRidge.Fit(samples, labels, classes: 3, gamma: 0.7, ridge: 1e-9, threads: 2, default);
        for (int index = 0; index < samples.Length; index++)
        {
            double[] scores = ridge.Scores(samples[index]);
            for (int label = 0; label < 3; label++)
                Assert.Equal(labels[index] == label ? 1 : 0, scores[label], 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Cholesky_gives_the_solution_of_the_equations(int size)
    {
        double[][] factors = [.. Enumerable.Range(0, size).Select(row => Numbers.Uniform(size, (uint)row + 1).Select(value => (double)value).ToArray())];
        double[][] matrix = [.. Enumerable.Range(0, size).Select(row => Enumerable.Range(0, size).Select(
            column => factors[row].Zip(factors[column], (a, b) => a * b).Sum() + (row == column ? 1 : 0)).ToArray())];
        double[] solution = [.. Enumerable.Range(0, size).Select(index => index - 1.5)];
        double[] values = [.. matrix.Select(row => row.Zip(solution, (a, b) => a * b).Sum())];
        Cholesky.Factor(matrix, default);
        Cholesky.Solve(matrix, values);
        for (int index = 0; index < size; index++)
            Assert.Equal(solution[index], values[index], 1e-9);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused() =>
        Assert.Throws<ArithmeticException>(() => Cholesky.Factor([[1, 2], [2, 1]], default));

    [Fact]
    public void A_histogram_has_length_one_and_counts_every_pixel()
    {
        Image image = new(4, 2);
        image.Pixels[..3].Fill(255);
        float[] histogram = ColorHistogram.Of(image);
        Assert.Equal(MathF.Sqrt(1 / 8f), histogram[^1]);
        Assert.Equal(MathF.Sqrt(7 / 8f), histogram[0]);
        Assert.Equal(1, histogram.Sum(value => value * value), 1e-6);
    }

    [Fact]
    public void The_fastest_within_one_standard_error_of_the_best_is_recommended()
    {
        ComparisonEntry best = Entry("best", 0.90, 900), good = Entry("good", 0.88, 300), slow = Entry("slow", 0.89, 1000), poor = Entry("poor", 0.80, 100);
        ComparisonResult result = new("100 images", [poor, slow, good, best], []);
        Assert.Equal(Math.Sqrt(92.0 / 104 * (12.0 / 104) / 104), best.StandardError, 1e-12);
        Assert.Equal((best, good), (result.Best, result.Recommended));
        Assert.Equal([slow, good, best], result.Entries.Where(result.IsAsGoodAsBest));
        Assert.Equal([poor, good, best], result.Entries.Where(result.IsOnFrontier));
        Assert.Null(new ComparisonResult("nothing", [], []).Recommended);
    }

    [Fact]
    public void Where_all_are_right_others_may_be_as_good()
    {
        ComparisonEntry perfect = Entry("perfect", 1, 900, images: 305), cheap = Entry("cheap", 304.0 / 305, 300, images: 305);
        ComparisonResult result = new("305 images", [perfect, cheap], []);
        Assert.Equal(Math.Sqrt(307.0 / 309 * (2.0 / 309) / 309), perfect.StandardError, 1e-12);
        Assert.Equal((perfect, cheap), (result.Best, result.Recommended));
        Assert.Equal((1 - perfect.StandardError, 1), perfect.Range);
        Assert.Equal(0, Entry("wrong", 0, 1).Range.Low);
    }

    [Fact]
    public void Of_few_images_it_is_said_that_they_are_few()
    {
        Assert.Equal(29, new ComparisonResult("few", [Entry("one", 1, 1, images: 29)], []).TooFewImages);
        Assert.Null(new ComparisonResult("enough", [Entry("one", 1, 1, images: 30)], []).TooFewImages);
        Assert.Null(new ComparisonResult("nothing", [], []).TooFewImages);
    }

    [Fact]
    public void Arithmetic_and_not_a_tenth_of_the_time_decides_which_to_take()
    {
        ComparisonEntry fast = Entry("fast", 0.9, 100) with { MultiplyAdds = 20 }, lean = fast with { Name = "lean", Microseconds = 109, MultiplyAdds = 10 };
        ComparisonEntry small = lean with { Name = "small", Bytes = 0 }, slow = small with { Name = "slow", Microseconds = 111, MultiplyAdds = 1 };
        Assert.Equal(lean, new ComparisonResult("100 images", [fast, lean], []).Recommended);
        Assert.Equal(small, new ComparisonResult("100 images", [fast, lean, small], []).Recommended);
        Assert.Equal(small, new ComparisonResult("100 images", [slow, fast, lean, small], []).Recommended);
        // Of those with the same accuracy the best is named without a look at the clock.
        Assert.Equal(slow, new ComparisonResult("100 images", [fast, lean, slow], []).Best);
        Assert.Equal(small, new ComparisonResult("100 images", [fast, lean, small], []).Best);
    }

    [Fact]
    public void A_baseline_is_never_what_to_take()
    {
        ComparisonEntry pixels = Entry("pixels", 0.95, 10), good = Entry("good", 0.94, 300), poor = Entry("poor", 0.85, 100);
        ComparisonResult easy = new("100 images", [pixels, good, poor], []);
        Assert.Equal((pixels, good, pixels), (easy.Best, easy.Recommended, easy.Baseline));
        ComparisonResult hard = new("100 images", [pixels with { Accuracy = 0.8 }, good, poor], []);
        Assert.Equal((good, good, null), (hard.Best, hard.Recommended, hard.Baseline));
        // A baseline that is the best and slow hides no network that is as good and fast.
        ComparisonResult slow = new("100 images", [pixels with { Microseconds = 1000 }, good, poor], []);
        Assert.Equal(("pixels", good, null), (slow.Best!.Name, slow.Recommended, slow.Baseline));
        ComparisonResult alone = new("100 images", [pixels], []);
        Assert.Equal((pixels, null, pixels), (alone.Best, alone.Recommended, alone.Baseline));
    }

    [Fact]
    public void What_to_say_follows()
    {
        ComparisonEntry pixels = Entry("pixels", 0.95, 10), grid = Entry("grid", 0.94, 300);
        Assert.Equal("No network is better than the baseline pixels by more than one standard error; of those trained take grid: grid.", Last(pixels, grid));
        Assert.Equal("No network was compared, so that there is none to take.", Last(pixels));
        Assert.Equal("Take grid: grid.", Last(pixels with { Accuracy = 0.5 }, grid));
        Assert.Equal("Take grid, the fastest of them: grid.", Last(grid, grid with { Name = "conv", Microseconds = 400 }));
        Assert.Equal("Take grid, nearly as fast as the fastest of them, with less arithmetic: grid.", Last(grid, grid with { Name = "conv", Microseconds = 290, MultiplyAdds = 9 }));

        static string Last(params ComparisonEntry[] entries) => ComparisonTable.Conclusions(new("100 images", entries, [])).Last();
    }

    [Fact]
    public void A_pretrained_network_comes_right_behind_the_baselines()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(Contestants.Names, Contestants.With(BackboneFile.Read(SmallBackbone.Write(folder["small.safetensors"]))).Select(contestant => contestant.Name));
        Assert.Equal(["pixels", "histogram", "transfer"], Contestants.Names.Take(3));
        Assert.Equal(Contestants.Names.Except(["transfer"]), Contestants.With(null).Select(contestant => contestant.Name));
        Assert.Equal(["pixels", "histogram"], Contestants.Names.Where(Contestants.IsBaseline));
        Assert.All(Contestants.With(null), contestant => Assert.NotEqual(Contestants.IsBaseline(contestant.Name), contestant.HasModel));
    }

    [Fact]
    public void The_epochs_of_networks_are_not_those_of_the_pixels()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 5);
        ImageSplits sets = ImageSplits.Open(folder["photos"]);
        Assert.Equal(Chances(Settings with { Epochs = null }), Chances(Settings));

        float[] Chances(ContestSettings settings)
        {
            float[] chances = new float[2];
            Trained trained = new PixelContestant().Train(sets, settings, null, default);
            trained.Answer(trained.Extractor.Fit(sets.Training.Read(0, trained.Extractor.Options)), chances);
            return chances;
        }
    }

    [Fact]
    public void What_disturbs_an_image_once_does_not_count()
    {
        // Of every round another image is disturbed: no round as a whole is what it would be in quiet.
        SteppedClock clock = new();
        int answers = 0;
        TimeSpan time = AnswerTime.Of(images: 3, rounds: 3, index => clock.Now += answers++ / 3 == index ? 1000 : 10 * (index + 1), clock);
        Assert.Equal(9, answers);
        Assert.Equal(TimeSpan.FromTicks(20), time);
    }

    [Fact]
    public void When_time_is_over_the_rest_is_left_out_and_what_cannot_take_the_images_says_why()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 5);
        Contest contest = new(ImageSplits.Open(folder["photos"]), Settings);
        List<string> told = [];
        ComparisonResult ample = contest.Run([new Refusing(), new Stub("fast")], [], TimeSpan.FromHours(1), (_, name, _) => told.Add(name), _ => null, default);
        Assert.Equal(["fast"], ample.Entries.Select(entry => entry.Name));
        Assert.Equal([("refusing", "too small")], ample.LeftOut);
        ComparisonResult scant = contest.Run([new Stub("endless", ends: false), new Stub("late")], ample.Entries, TimeSpan.FromMilliseconds(100), (_, name, _) => told.Add(name), _ => null, default);
        Assert.Equal(["refusing", "fast", "endless", "late"], told);
        // What is known is judged too, asked for or not, and told from the beginning: a stopped run loses nothing.
        Assert.Equal(ample.Entries, scant.Entries);
        Assert.Equal([("endless", "no time was left"), ("late", "no time was left")], scant.LeftOut);
    }

    [Fact]
    public void More_time_than_a_timer_counts_is_as_good_as_no_end()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 5);
        ComparisonResult result = new Contest(ImageSplits.Open(folder["photos"]), Settings).Run([new Stub("one")], [], TimeSpan.FromDays(365), (_, _, _) => { }, _ => null, default);
        Assert.Equal("one", Assert.Single(result.Entries).Name);
    }

    [Fact]
    public void What_is_held_back_is_a_fifth_of_every_class_and_trained_on_by_nobody()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        Stub contestant = new("one");
        ComparisonResult result = new Contest(ImageSplits.Open(folder["photos"]), Settings).Run([contestant], [], TimeSpan.FromMinutes(1), (_, _, _) => { }, _ => null, default);
        Assert.Equal(4, Assert.Single(result.Entries).Images);
        Assert.Equal(16, contestant.Seen.Count);
        Assert.Equal(8, contestant.Seen.Count(name => name.Contains("dark", StringComparison.Ordinal)));
    }

    private static ComparisonEntry Entry(string name, double accuracy, double microseconds, int images = 100) => new(name, name, images, accuracy, accuracy, 0, 1, 1, 1, microseconds, TimeSpan.Zero);

    private sealed class SteppedClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }

    private sealed class Refusing() : Contestant("refusing", "")
    {
        public override Trained Train(ImageSplits sets, ContestSettings settings, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken) =>
            throw new SettingException("too small");
    }

    private sealed class Stub(string name, bool ends = true) : Contestant(name, "")
    {
        public IReadOnlyList<string> Seen { get; private set; } = [];

        public override Trained Train(ImageSplits sets, ContestSettings settings, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
        {
            Seen = [.. Enumerable.Range(0, sets.Training.Count).Select(sets.Training.NameOf)];
            if (!ends)
                cancellationToken.WaitHandle.WaitOne();
            cancellationToken.ThrowIfCancellationRequested();
            return new First();
        }

        private sealed class First() : Trained(new FeatureExtractor(new FeatureOptions { Width = 8, Height = 8 }))
        {
            public override long Parameters => 0;

            public override long Bytes => 0;

            public override long MultiplyAdds => 0;

            public override void Answer(Image image, Span<float> chances) => chances[0] = 1;
        }
    }
}
