namespace ImageSig.Tests.Support;

/// <summary>A committed text that our own code writes: pages from the commands, drawings, outputs. A change of it is made on purpose, and seen in the diff.</summary>
internal static class PinnedText
{
    private const string Accept = "IMAGESIG_ACCEPT_DOCS";

    /// <summary>That a file holds the text; with <c>IMAGESIG_ACCEPT_DOCS=1</c> it is written first.</summary>
    /// <param name="path">Below the repository.</param>
    /// <param name="text">With <c>\n</c> at the end of each line.</param>
    public static void AssertIs(string path, string text)
    {
        string file = Path.Combine(Folders.Repository, path);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            File.WriteAllText(file, text);
        string before = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        (string? was, string? now) = before.Split('\n').Zip(text.Split('\n')).FirstOrDefault(pair => pair.First != pair.Second);
        Assert.True(before == text, $"{path} is not what our code writes now; the first line that differs:\n- {was}\n+ {now}\n"
            + $"If that is meant, accept it: {Accept}=1 dotnet test ImageSig.Tests -c Release --filter Readme");
    }
}
