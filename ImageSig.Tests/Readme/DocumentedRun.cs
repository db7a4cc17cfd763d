using ImageSig.Cli;
using ImageSig.Tests.Cli;

namespace ImageSig.Tests.Readme;

/// <summary>Runs the command lines of a page in their order, in the current folder.</summary>
internal static class DocumentedRun
{
    /// <summary>What each line that was run answered.</summary>
    /// <param name="document">The page.</param>
    /// <param name="elsewhere">How lines begin that are not run here, each with the reason.</param>
    /// <param name="more">Arguments that make a line quick, by how it begins.</param>
    public static IReadOnlyList<(string Line, Answer Answer)> Of(
        string document, IReadOnlyDictionary<string, string> elsewhere, IReadOnlyDictionary<string, string[]>? more = null)
    {
        List<(string Line, Answer Answer)> done = [];
        HashSet<string> known = [];
        foreach (string line in DocumentedCommands.Lines(document))
        {
            if (elsewhere.Keys.FirstOrDefault(beginning => line.StartsWith(beginning, StringComparison.Ordinal)) is { } skipped)
            {
                known.Add(skipped);
                continue;
            }
            Assert.StartsWith("imagesig ", line, StringComparison.Ordinal);
            string[] added = more?.FirstOrDefault(entry => line.StartsWith(entry.Key, StringComparison.Ordinal)).Value ?? [];
            Answer answer = Answer.To([.. Assert.Single(DocumentedCommands.Calls(line).ToArray()), .. added]);
            Assert.True(answer.Code == ExitCode.Done, $"{document}: {line}: {answer.Code} {answer.Messages}");
            done.Add((line, answer));
        }
        // A reason without a line is one that was forgotten.
        Assert.Equal(elsewhere.Keys.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
        return done;
    }
}
