using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageSig.Cli;
using ImageSig.Cli.Json;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>Blocks of pages that are neither C# nor command lines.</summary>
public sealed partial class BlockTests
{
    /// <summary>Languages of blocks, and which test looks at them.</summary>
    private static readonly Dictionary<string, string> LookedAt = new()
    {
        ["csharp"] = nameof(DocumentedCodeTests),
        ["sh"] = nameof(DocumentedCommandTests),
        ["bash"] = nameof(ClusterTests),
        ["yaml"] = nameof(ClusterTests),
        ["json"] = nameof(BlockTests),
        ["ini"] = nameof(BlockTests),
        ["python"] = $"{nameof(BlockTests)}: read, not run, for want of the libraries",
        [""] = "none: folders, tables, what is printed, the order of calls",
    };

    [Fact]
    public void A_test_looks_at_the_blocks_of_every_language() => Assert.All(
        Documents.All, document => Assert.All(Fence().Matches(Documents.Read(document)).Where((_, index) => index % 2 == 0), fence => Assert.Contains(fence.Groups[1].Value, LookedAt.Keys)));

    [Fact]
    public void Command_lines_stand_in_blocks_of_a_shell() => Assert.All(
        Documents.All, document => Assert.DoesNotContain(Documents.Blocks(document, "").SelectMany(block => block.Split('\n')), line => line.StartsWith("imagesig ", StringComparison.Ordinal)));

    [Fact]
    public void The_line_of_watch_has_the_fields_that_are_written()
    {
        string written = JsonMembers.Line(new WatchJson("", "", "", 0, "", true, "", 0, 0, 0, 0, null, null).Members);
        Assert.Equal(Fields(written), Fields(Assert.Single(Documents.Blocks("docs/raspberry-pi.md", "json"))));

        static IEnumerable<string> Fields(string json)
        {
            using JsonDocument line = JsonDocument.Parse(json);
            return [.. line.RootElement.EnumerateObject().Select(field => field.Name)];
        }
    }

    [Fact]
    public void The_list_of_layers_is_that_of_a_backbone()
    {
        using TemporaryFolder folder = new();
        (string Name, int[] Shape)[] weights = [("stem", [16, 3, 3, 3]), ("dw", [16, 1, 3, 3]), ("project", [16, 16, 1, 1])];
        IReadOnlyList<SafetensorsEntry> tensors =
        [
            .. weights.SelectMany(weight => (SafetensorsEntry[])
            [
                new($"{weight.Name}.weight", weight.Shape, new float[weight.Shape.Aggregate((product, side) => product * side)]),
                new($"{weight.Name}.bias", [weight.Shape[0]], new float[weight.Shape[0]]),
            ]),
        ];
        File.WriteAllBytes(folder["backbone.safetensors"], new SafetensorsFile([new("architecture", Assert.Single(Documents.Blocks("docs/networks.md", "json")))], [.. tensors]).ToBytes());
        Assert.Equal("backbone", BackboneFile.Read(folder["backbone.safetensors"]).Name);
    }

    [Fact]
    public void The_service_starts_the_program_as_the_program_takes_it()
    {
        string script = Script().Match(Assert.Single(Documents.Blocks("docs/raspberry-pi.md", "ini"))).Groups[1].Value;
        string[] call = Assert.Single(DocumentedCommands.Calls(script).ToArray());
        Command program = CommandReferenceTests.TheProgram();
        Assert.Equal("watch", call[0]);
        Assert.Null(Application.Mistake(program.Parse(call), call));
    }

    [ProgramFact("python3", "python3")]
    public void What_is_Python_is_read_by_Python() => Assert.All(
        Documents.All.SelectMany(document => Documents.Blocks(document, "python")),
        block => Assert.Equal("", PythonFactAttribute.Run($"import ast; ast.parse({JsonSerializer.Serialize(block)})")));

    [GeneratedRegex("^```([a-z]*)$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^ExecStart=/bin/sh -c '(.*)'$", RegexOptions.Multiline)]
    private static partial Regex Script();
}
