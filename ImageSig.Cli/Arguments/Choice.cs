using System.CommandLine;

namespace ImageSig.Cli.Arguments;

/// <summary>What takes words that are known, so that a shell can offer them.</summary>
internal interface IChoice
{
    /// <summary>The words; none where what is taken is no word.</summary>
    public IReadOnlyList<string> Words { get; }
}

/// <summary>An option that takes words that are known.</summary>
/// <param name="name">With its dashes.</param>
/// <param name="words">The words.</param>
internal sealed class ChoiceOption<T>(string name, IReadOnlyList<string> words) : Option<T>(name), IChoice
{
    public IReadOnlyList<string> Words => words;
}

/// <summary>An argument that takes words that are known.</summary>
/// <param name="name">As the help has it.</param>
/// <param name="words">The words.</param>
internal sealed class ChoiceArgument<T>(string name, IReadOnlyList<string> words) : Argument<T>(name), IChoice
{
    public IReadOnlyList<string> Words => words;
}
