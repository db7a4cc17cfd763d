using System.CommandLine;

namespace ImageSig.Cli.Commands;

/// <summary><c>--help</c> of every command. The library's own option looks for its description in the resources of the user's language, which takes a tenth of what
/// <c>imagesig --version</c> does.</summary>
internal sealed class HelpSwitch : Option<bool>
{
    /// <summary>What the option is said to do.</summary>
    public const string Text = "Show help and usage information";

    /// <summary>The option, with all names by which users know it.</summary>
    public HelpSwitch()
        : base("--help", "-h", "/h", "-?", "/?")
    {
        Description = Text;
        Recursive = true;
        Arity = ArgumentArity.Zero;
        Action = new HelpWithExamples();
    }
}
