namespace ImageSig.Tests.Support;

/// <summary>A theory that runs an independent program: skipped, with the reason, where it is not installed.</summary>
public sealed class ProgramTheoryAttribute : TheoryAttribute
{
    public ProgramTheoryAttribute(string program, string package) => Skip = new ProgramFactAttribute(program, package).Skip;
}
