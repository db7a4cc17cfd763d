using ImageSig.Cli.Display;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

public class DisplayTests
{
    [Fact]
    public void A_table_is_as_wide_as_its_cells_and_has_no_boxes()
    {
        TextTable table = new("class", ">images");
        table.Add("fire", "12");
        table.Add(new string('x', 100), "7,000");
        using StringWriter output = new() { NewLine = "\n" };
        table.Write(output);
        Assert.Equal(
            $"class{new string(' ', 95)}  images\nfire{new string(' ', 96)}      12\n{new string('x', 100)}   7,000\n",
            output.ToString());
    }

    [Fact]
    public void A_row_that_does_not_fit_its_table_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TextTable("one").Add("a", "b"));

    [Theory]
    [InlineData(0.9136, "91.4 %")]
    [InlineData(1, "100.0 %")]
    [InlineData(double.NaN, "-")]
    public void A_share_is_told_in_percent(double fraction, string expected) => Assert.Equal(expected, Quantity.Percent(fraction));

    [Theory]
    [InlineData(0.0123, "12.3 ms")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(7260, "2 h 1 min")]
    public void A_time_is_told_in_a_readable_unit(double seconds, string expected) =>
        Assert.Equal(expected, Quantity.Time(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(999, "999 bytes")]
    [InlineData(148_900, "148.9 KB")]
    [InlineData(5_326_280, "5.33 MB")]
    [InlineData(50_123_000_000, "50.1 GB")]
    public void A_size_is_told_in_a_readable_unit(long bytes, string expected) => Assert.Equal(expected, Quantity.Size(bytes));

    [Fact]
    public void Trainings_that_follow_one_another_are_one_stage()
    {
        FakeClock clock = new();
        using StringWriter output = new() { NewLine = "\n" };
        SeriesProgress series = new(new ProgressLines(output, clock), "sweep", count: 3);
        PipelineProgress epoch = new(PipelineStage.Train, 50, 100, 10, new EpochProgress(2, 4, 0.3, 0.4, 0.875));
        series.Begin(0, "depth 1, seed 1");
        series.Report(new PipelineProgress(PipelineStage.Decode, 0, 100, 10));
        clock.Now += TimeSpan.FromSeconds(6);
        series.Report(epoch);
        series.Begin(2, "depth 3, seed 1");
        clock.Now += TimeSpan.FromSeconds(6);
        series.Report(epoch);
        series.End();
        string[] lines = output.ToString().Split('\n');
        Assert.Equal("sweep 0/3, depth 1, seed 1: epoch 2/4, loss 0.400, validation 87.5 %", lines[0]);
        Assert.Matches("^sweep 2/3, .*/s, .* left, depth 3, seed 1: epoch 2/4, loss 0.400, validation 87.5 %$", lines[1]);
        Assert.Equal(["sweep 3/3", ""], lines[2..]);
    }

    [Fact]
    public void Progress_in_a_pipe_keeps_its_pace_and_always_tells_the_end_of_a_stage()
    {
        FakeClock clock = new();
        using StringWriter output = new() { NewLine = "\n" };
        ProgressLines lines = new(output, clock);
        for (int done = 0; done <= 100; done++)
        {
            lines.Report(new PipelineProgress(PipelineStage.Decode, done, 100, 10));
            clock.Now += TimeSpan.FromSeconds(0.1);
        }
        lines.Report(new PipelineProgress(PipelineStage.Train, 0, 3, 0));
        lines.Report(new PipelineProgress(PipelineStage.Train, 3, 3, 0, new EpochProgress(2, 2, 0.3, 0.4, 0.875)));
        Assert.Equal("decode 50/100, 10.0/s, 5.0 s left\ndecode 100/100, 10.0/s\ntrain 3/3, epoch 2/2, loss 0.400, validation 87.5 %\n", output.ToString());
    }

    [Fact]
    public void Progress_on_a_terminal_redraws_a_line_a_stage_at_its_pace()
    {
        FakeClock clock = new();
        using StringWriter output = new();
        ProgressBars bars = new(output, clock);
        bars.Report(new StageProgress("decode", 0, 100, 0));
        bars.Report(new StageProgress("decode", 1, 100, 10));
        Assert.Equal($"\e[?7ldecode {new string('─', 10)} 0/100\e[K\n\e[?7h", output.ToString());
        output.GetStringBuilder().Clear();
        clock.Now += ProgressBars.Pace;
        bars.Report(new StageProgress("decode", 50, 100, 10));
        Assert.Equal($"\e[?7l\e[1Adecode {new string('━', 5)}{new string('─', 5)} 50/100  10.0/s  5.0 s left\e[K\n\e[?7h", output.ToString());
        output.GetStringBuilder().Clear();
        bars.Report(new StageProgress("decode", 100, 100, 10));
        bars.Report(new StageProgress("train", 0, 0, 0, "nothing\rto do"));
        string done = $"decode {new string('━', 10)} 100/100  10.0/s\e[K\n";
        Assert.Equal($"\e[?7l\e[1A{done}\e[?7h\e[?7l\e[1A{done}train  {new string('━', 10)} 0/0  nothing?to do\e[K\n\e[?7h", output.ToString());
    }

    [Fact]
    public void Quiet_progress_says_nothing()
    {
        using StringWriter messages = new();
        int answer = ProgressDisplay.Watch(new Terminal(TextWriter.Null, messages, isInteractive: true), quiet: true, display =>
        {
            display.Report(new PipelineProgress(PipelineStage.Decode, 1, 1, 1));
            return 7;
        });
        Assert.Equal((7, ""), (answer, messages.ToString()));
    }

    [Fact]
    public void Messages_that_nobody_reads_any_more_do_not_end_the_work_but_lost_results_do()
    {
        using TextWriter closed = new StreamWriter(new MemoryStream());
        closed.Dispose();
        Terminal terminal = new(TextWriter.Null, GuardedWriter.Forgiving(closed), isInteractive: false);
        terminal.Complain("into the void");
        using GuardedWriter results = GuardedWriter.Strict(closed);
        Assert.StartsWith(
            "cannot write the results to standard output: ", Assert.Throws<IOException>(() => results.WriteLine("figures")).Message, StringComparison.Ordinal);
    }
}
