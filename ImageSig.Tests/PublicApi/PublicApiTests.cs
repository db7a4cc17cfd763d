using System.Reflection;
using ImageSig.Tests.Support;
using PublicApiGenerator;

namespace ImageSig.Tests.PublicApi;

/// <summary>What others can call stands in one text file a library beside this one. A change of it is made on purpose, and seen in the diff.</summary>
public sealed class PublicApiTests
{
    private const string Accept = "IMAGESIG_ACCEPT_API";
    private const int ShownLines = 40;

    [Theory]
    [InlineData("ImageSig.Tensors", "ImageSig.Tensors")]
    [InlineData("ImageSig.Signature", "ImageSig.Signature")]
    [InlineData("ImageSig.NN", "ImageSig.NN")]
    [InlineData("ImageSig.Imaging", "ImageSig.Imaging")]
    [InlineData("ImageSig", "ImageSig.Pipeline")]
    [InlineData("ImageSig.ImageSharp", "ImageSig.ImageSharp")]
    public void What_a_library_offers_is_what_its_file_says(string library, string assembly)
    {
        string path = Path.Combine(Folders.Repository, "ImageSig.Tests", "PublicApi", library + ".txt");
        string now = Assembly.Load(assembly).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            File.WriteAllText(path, now);
        string before = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(now == before, $"The public API of {library} has changed (- the file, + the assembly):\n{Difference(before, now)}\n"
            + $"If that is meant, accept it: {Accept}=1 dotnet test ImageSig.Tests -c Release --filter PublicApiTests");
    }

    [Fact]
    public void A_difference_shows_the_lines_that_went_and_came_with_the_type_they_stand_in() => Assert.Equal(
        "  public class A\n-     public int Gone { get; }\n  public class B\n+     public int New { get; }",
        Difference("""
            public class A
            {
                public int Gone { get; }
            }
            public class B
            {
            }

            """.ReplaceLineEndings("\n"), """
            public class A
            {
            }
            public class B
            {
                public int New { get; }
            }

            """.ReplaceLineEndings("\n")));

    private static string Difference(string before, string now)
    {
        List<(string Type, string Line)> gone = Members(before), came = Members(now);
        HashSet<(string, string)> old = [.. gone], present = [.. came];
        IEnumerable<(string Type, string Line)> lines = gone.Where(one => !present.Contains(one)).Select(one => (one.Type, "- " + one.Line))
            .Concat(came.Where(one => !old.Contains(one)).Select(one => (one.Type, "+ " + one.Line)));
        string[] shown = [.. lines.GroupBy(one => one.Type).SelectMany(type => type.Select(one => one.Line).Prepend("  " + type.Key))];
        return string.Join('\n', shown.Take(ShownLines)) + (shown.Length > ShownLines ? $"\n  … {shown.Length - ShownLines} more lines" : "");
    }

    /// <summary>Each line with the declaration of the type it stands in, so that equal lines of two types are two things.</summary>
    private static List<(string Type, string Line)> Members(string text)
    {
        List<(string, string)> members = [];
        string type = "";
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < lines.Length; i++)
        {
            if (i + 1 < lines.Length && lines[i + 1].Trim() == "{" && !lines[i].TrimStart().StartsWith("namespace ", StringComparison.Ordinal))
                type = lines[i].TrimEnd();
            if (lines[i].Trim() is not ("{" or "}"))
                members.Add((type, lines[i].TrimEnd()));
        }
        return members;
    }
}
