using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Cli.Predict;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>What <c>predict</c> takes, tells and does beside one answer for one file.</summary>
public class PredictOptionsTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private string[] Pictures => [.. Directory.GetFiles(trained.Others, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_list_and_the_folder_give_the_same_answers_in_order_with_any_number_of_threads()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["list.txt"], string.Join("\r\n", Pictures) + "\n\n");
        string[] expected = Answers("--threads", "1", trained.Others);
        Assert.Equal(Pictures.Length, expected.Length);
        Assert.Equal(expected, Answers("--threads", "3", trained.Others));
        Assert.Equal(expected, Answers("--threads", "2", "--list", folder["list.txt"]));
        Assert.Equal(expected, Answers("--list", folder["list.txt"]));
    }

    [Fact]
    public void An_image_of_a_list_that_cannot_be_read_is_told_and_the_others_are_answered()
    {
        using TemporaryFolder folder = new();
        File.WriteAllLines(folder["list.txt"], [Pictures[0], folder["gone.png"], Pictures[1]]);
        Answer answer = Answer.To("predict", "-m", trained.Model, "--list", folder["list.txt"], "--csv");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Equal($"imagesig: {folder["gone.png"]}: no such file.", Assert.Single(answer.MessageLines));
        Assert.Equal(3, answer.ResultLines.Length);
    }

    [Fact]
    public void Blank_lines_of_a_list_are_no_images()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["list.txt"], $"  \n{Pictures[0]}\n\t\n");
        Answer answer = Answer.To("predict", "-m", trained.Model, "--list", folder["list.txt"], "--json");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Single(answer.ResultLines);
    }

    [Fact]
    public void A_table_has_no_columns_for_more_classes_than_there_are()
    {
        string[] two = Headings("2"), hundred = Headings("100");
        Assert.Equal(two, hundred);

        string[] Headings(string top) => Answer.To("predict", "-m", trained.Model, trained.APicture, "--top", top).ResultLines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void A_list_with_a_NUL_is_refused_with_its_line_after_the_answers_before_it()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["list.txt"], $"{Pictures[0]}\n\nevil\0.png\n");
        Answer answer = Answer.To("predict", "-m", trained.Model, "--list", folder["list.txt"], "--csv");
        Assert.Equal(
            (ExitCode.Failed, $"imagesig: {folder["list.txt"]}, line 3: a path holds no NUL; give --null too for a list of find -print0.\n"), (answer.Code, answer.Messages));
        Assert.Equal(2, answer.ResultLines.Length);
    }

    [LinuxTheory]
    [InlineData("")]
    [InlineData("\0")]
    public void A_list_of_paths_that_end_with_NUL_may_hold_ends_of_lines(string end)
    {
        using TemporaryFolder folder = new();
        string odd = folder[" \n.png"];
        File.Copy(Pictures[0], odd);
        File.WriteAllText(folder["list"], $"{Pictures[1]}\0\0{odd}{end}");
        Answer answer = Answer.To("predict", "-m", trained.Model, "--list", folder["list"], "--null", "--json");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Equal([Pictures[1], odd], answer.ResultLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("image").GetString()));
    }

    [Fact]
    public void A_list_of_lines_is_not_taken_for_one_path_that_ends_with_NUL()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["list"], $"{Pictures[0]}\n{Pictures[1]}\n");
        Assert.Equal(
            (ExitCode.Failed, $"imagesig: {folder["list"]}: there are lines and no NUL; without --null a list has one path a line.\n"),
            Told("--list", folder["list"]));
        File.WriteAllText(folder["list"], new string('a', 40_000));
        Assert.Equal(
            (ExitCode.Failed, $"imagesig: {folder["list"]}: a path of more than 32768 characters; without --null a list has one path a line.\n"),
            Told("--list", folder["list"]));

        (int, string) Told(params string[] list)
        {
            Answer answer = Answer.To(["predict", "-m", trained.Model, .. list, "--null", "--json"]);
            return (answer.Code, answer.Messages);
        }
    }

    [Fact]
    public void A_table_is_as_wide_as_its_first_thousand_names_and_prints_the_others_as_they_come()
    {
        using TemporaryFolder folder = new();
        string tail = Path.Combine(Path.GetDirectoryName(Pictures[0])!, "..", "dark", "..", "dark", "000.png");
        File.WriteAllText(folder["list.txt"], string.Concat(Enumerable.Repeat($"{Pictures[0]}\n", 1000)) + $"{tail}\n{Pictures[1]}\nevil\0.png\n");
        Answer answer = Answer.To("predict", "-m", trained.Model, "--list", folder["list.txt"]);
        Assert.Equal(
            (ExitCode.Failed, $"imagesig: {folder["list.txt"]}, line 1003: a path holds no NUL; give --null too for a list of find -print0.\n"), (answer.Code, answer.Messages));
        string[] lines = answer.ResultLines;
        Assert.Equal(1003, lines.Length);
        int width = Pictures[0].Length + 2;
        Assert.Equal(width, lines[0].IndexOf("label", StringComparison.Ordinal));
        Assert.All(lines[1..1001], line => Assert.StartsWith($"{Pictures[0]}  ", line, StringComparison.Ordinal));
        Assert.StartsWith($"{tail}  ", lines[1001], StringComparison.Ordinal);
        Assert.StartsWith($"{Pictures[1]}  ", lines[1002], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n")]
    public void A_list_that_names_no_image_is_told_and_no_failure(string list)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["list.txt"], list);
        foreach (string[] form in (string[][])[[], ["--json"], ["--csv"]])
        {
            Answer answer = Answer.To(["predict", "-m", trained.Model, "--list", folder["list.txt"], "--expect", "dark", .. form]);
            Assert.Equal((ExitCode.Done, "imagesig: the list names no image; there is nothing to answer.\n"), (answer.Code, answer.Messages));
            Assert.Equal(form is ["--csv"] ? 1 : 0, answer.ResultLines.Length);
        }
    }

    [Fact]
    public void Csv_says_what_json_says()
    {
        string[] lines = Answer.To("predict", "-m", trained.Model, trained.Others, "--csv", "--top", "2").ResultLines;
        Assert.Equal("image,model,label,nearest,confidence,distance,class 2,probability 2", lines[0]);
        string[] json = Answer.To("predict", "-m", trained.Model, trained.Others, "--json", "--top", "2").ResultLines;
        Assert.Equal(json.Length, lines.Length - 1);
        foreach ((string line, string other) in lines.Skip(1).Zip(json))
        {
            JsonElement answer = JsonDocument.Parse(other).RootElement;
            string[] cells = line.Split(',');
            Assert.Equal(answer.GetProperty("image").GetString(), cells[0]);
            Assert.Equal(answer.GetProperty("label").GetString(), cells[2]);
            Assert.Equal(answer.TryGetProperty("nearest", out JsonElement nearest) ? nearest.GetString() : "", cells[3]);
            Assert.Equal(answer.GetProperty("confidence").GetRawText(), cells[4]);
            JsonProperty[] best = [.. answer.GetProperty("probabilities").EnumerateObject()];
            Assert.Equal(2, best.Length);
            Assert.True(best[0].Value.GetSingle() >= best[1].Value.GetSingle());
            Assert.Equal((best[1].Name, best[1].Value.GetRawText()), (cells[6], cells[7]));
        }
    }

    [Fact]
    public void What_is_less_certain_than_the_threshold_is_unknown()
    {
        foreach (string line in Answer.To("predict", "-m", trained.Model, trained.Others, "--json", "--accept-all", "--threshold", "1").ResultLines)
        {
            JsonElement answer = JsonDocument.Parse(line).RootElement;
            bool certain = answer.GetProperty("confidence").GetSingle() >= 1;
            Assert.Equal(!certain, answer.GetProperty("label").GetString() == "unknown");
            Assert.Equal(!certain, answer.TryGetProperty("nearest", out _));
        }
    }

    [Theory]
    [InlineData("--copy-to")]
    [InlineData("--move-to")]
    public void Images_go_to_the_folders_of_their_labels_and_overwrite_nothing(string option)
    {
        using TemporaryFolder folder = new();
        byte[] picture = File.ReadAllBytes(trained.APicture);
        byte[][] pictures = [picture, [.. picture, 0]];
        foreach ((string kind, byte[] content) in new[] { "a", "b" }.Zip(pictures))
        {
            Directory.CreateDirectory(folder[kind]);
            File.WriteAllBytes(folder[$"{kind}/one.png"], content);
        }
        string[] command = ["predict", "-m", trained.Model, "--accept-all", folder["a"], folder["b"], option, folder["sorted"], "--json"];
        Answer answer = Answer.To(command);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        string label = JsonDocument.Parse(answer.ResultLines[0]).RootElement.GetProperty("label").GetString()!;
        Assert.Equal([folder[$"sorted/{label}/one-2.png"], folder[$"sorted/{label}/one.png"]], Directory.GetFiles(folder["sorted"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.Equal(pictures, ((string[])["one", "one-2"]).Select(name => File.ReadAllBytes(folder[$"sorted/{label}/{name}.png"])));
        Assert.Equal(option == "--copy-to", File.Exists(folder["a/one.png"]));

        // What was copied before is not copied again.
        if (option == "--copy-to")
            Assert.Equal(ExitCode.Done, Answer.To(command).Code);
        Assert.Equal(2, Directory.GetFiles(folder["sorted"], "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void An_image_that_moves_on_its_own_disk_is_the_same_file()
    {
        using TemporaryFolder folder = new();
        File.Copy(trained.APicture, folder["one.png"]);
        using FileStream open = new(folder["one.png"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        new LabelFolders(folder["sorted"], moves: true).Put(folder["one.png"], "day");
        open.SetLength(7);
        Assert.Equal((7, false), (new FileInfo(folder["sorted/day/one.png"]).Length, File.Exists(folder["one.png"])));
        Assert.Single(Directory.GetFiles(folder["sorted/day"]));
    }

    [LinuxFact]
    public void An_image_goes_to_another_disk_though_it_may_not_be_written()
    {
        using TemporaryFolder folder = new();
        string memory = $"/dev/shm/imagesig-{Guid.NewGuid():N}";
        File.Copy(trained.APicture, folder["one.png"]);
        File.SetAttributes(folder["one.png"], FileAttributes.ReadOnly);
        try
        {
            new LabelFolders(memory, moves: true).Put(folder["one.png"], "day");
            Assert.Equal(File.ReadAllBytes(trained.APicture), File.ReadAllBytes(Assert.Single(Directory.GetFiles(memory, "*", SearchOption.AllDirectories))));
            Assert.False(File.Exists(folder["one.png"]));
        }
        finally
        {
            Directory.Delete(memory, recursive: true);
        }
    }

    [Fact]
    public void What_a_link_leads_to_is_copied_once_beside_another_image_of_its_name()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["sorted/day"]);
        File.WriteAllText(folder["sorted/day/one.png"], "other");
        Directory.CreateDirectory(folder["inbox"]);
        File.CreateSymbolicLink(folder["inbox/one.png"], trained.APicture);
        LabelFolders copies = new(folder["sorted"], moves: false);
        copies.Put(folder["inbox/one.png"], "day");
        copies.Put(folder["inbox/one.png"], "day");
        Assert.Equal(["one-2.png", "one.png"], Directory.GetFiles(folder["sorted/day"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_of_an_images_name_is_no_copy_of_it()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["sorted/day/one.png"]);
        File.Copy(trained.APicture, folder["one.png"]);
        new LabelFolders(folder["sorted"], moves: false).Put(folder["one.png"], "day");
        Assert.True(File.Exists(folder["sorted/day/one-2.png"]));
    }

    [LinuxFact]
    public void A_link_that_moves_becomes_the_image_that_it_led_to()
    {
        using TemporaryFolder folder = new();
        File.Copy(trained.APicture, folder["one.png"]);
        File.CreateSymbolicLink(folder["link.png"], "one.png");
        new LabelFolders(folder["sorted"], moves: true).Put(folder["link.png"], "day");
        Assert.Equal(File.ReadAllBytes(trained.APicture), File.ReadAllBytes(folder["sorted/day/link.png"]));
        Assert.Equal(["one.png", "sorted"], Directory.GetFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_image_that_somebody_else_has_taken_away_does_not_end_the_run()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "one.png", "two.png" })
            File.Copy(trained.APicture, folder[name]);
        // When the first answer has moved it, the second has nothing to move.
        Answer answer = Answer.To("predict", "-m", trained.Model, "--accept-all", folder["one.png"], folder["one.png"], folder["two.png"], "--move-to", folder["sorted"], "--threads", "2");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.StartsWith($"imagesig: {folder["one.png"]}: ", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.Equal(["one.png", "two.png"], answer.ResultLines[1..].Select(line => Path.GetFileName(line.Split(' ')[0])));
        Assert.Equal(["one.png", "two.png"], Directory.GetFiles(folder["sorted"], "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        FileNotFoundException gone = Assert.Throws<FileNotFoundException>(() => new LabelFolders(folder["sorted"], moves: true).Put(folder["one.png"], "day"));
        Assert.Equal($"{folder["one.png"]}: it is not there any more, and cannot be put into {folder["sorted/day"]}.", gone.Message);
    }

    [Fact]
    public void Sorting_a_folder_into_itself_again_leaves_what_is_sorted()
    {
        using TemporaryFolder folder = new();
        File.Copy(trained.APicture, folder["one.png"]);
        for (int time = 0; time < 2; time++)
            Assert.Equal(ExitCode.Done, Answer.To("predict", "-m", trained.Model, "--accept-all", folder.Path, "--move-to", folder.Path).Code);
        Assert.Equal("one.png", Path.GetFileName(Assert.Single(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))));
    }

    [LinuxFact]
    public void Where_images_cannot_go_the_run_ends_in_one_line_and_they_stay()
    {
        using TemporaryFolder folder = new();
        File.Copy(trained.APicture, folder["one.png"]);
        Answer answer = Answer.To("predict", "-m", trained.Model, folder.Path, "--move-to", "/proc/none");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Single(answer.MessageLines);
        Assert.True(File.Exists(folder["one.png"]));
        // A log names no image that was not sorted.
        Assert.DoesNotContain("one.png", answer.Results, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_csv_are_of_one_length_where_there_are_fewer_classes_than_asked_for()
    {
        string[] lines = Answer.To("predict", "-m", trained.Model, trained.APicture, "--csv", "--top", "4").ResultLines;
        Assert.Equal(12, lines[0].Split(',').Length);
        Assert.Equal(12, lines[1].Split(',').Length);
    }

    [Fact]
    public void The_exit_code_says_whether_all_labels_are_the_expected_one()
    {
        string label = JsonDocument.Parse(Answer.To("predict", "-m", trained.Model, "--accept-all", trained.APicture, "--json").ResultLines[0]).RootElement.GetProperty("label").GetString()!;
        string other = label == "dark" ? "bright" : "dark";
        Assert.Equal(ExitCode.Done, Answer.To("predict", "-m", trained.Model, "--accept-all", trained.APicture, "--expect", label).Code);
        Assert.Equal(ExitCode.Unexpected, Answer.To("predict", "-m", trained.Model, "--accept-all", trained.APicture, "--expect", other).Code);
    }

    /// <summary>The JSON lines without the times.</summary>
    private string[] Answers(params string[] arguments)
    {
        Answer answer = Answer.To(["predict", "-m", trained.Model, "--json", .. arguments]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        return [.. answer.ResultLines.Select(line => line[..line.IndexOf(",\"milliseconds\"", StringComparison.Ordinal)])];
    }
}
