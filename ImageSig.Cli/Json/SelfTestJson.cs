using ImageSig.SelfTest;

namespace ImageSig.Cli.Json;

/// <summary>What <c>selftest --json</c> prints.</summary>
internal static class SelfTestJson
{
    public static JsonMembers Of(IReadOnlyList<SelfTestPart> parts, bool passed) => new(
        ("passed", passed), ("hash", $"{SelfTests.HashOf(parts):x16}"), ("expectedHash", $"{SelfTests.Expected:x16}"),
        ("parts", parts.Select(part => new JsonMembers(("name", part.Name), ("passed", part.Passed), ("found", part.Found), ("hash", $"{part.Hash:x16}")))));
}
