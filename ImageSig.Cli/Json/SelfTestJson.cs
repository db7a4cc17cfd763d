using ImageSig.SelfTest;

namespace ImageSig.Cli.Json;

/// <summary>What <c>selftest --json</c> prints.</summary>
internal sealed record SelfTestJson(bool Passed, string Hash, string ExpectedHash, IReadOnlyList<SelfTestPartJson> Parts)
{
    public static SelfTestJson Of(IReadOnlyList<SelfTestPart> parts, bool passed) => new(
        passed, $"{SelfTests.HashOf(parts):x16}", $"{SelfTests.Expected:x16}",
        [.. parts.Select(part => new SelfTestPartJson(part.Name, part.Passed, part.Found, $"{part.Hash:x16}"))]);
}

/// <summary>One part of it.</summary>
internal sealed record SelfTestPartJson(string Name, bool Passed, string Found, string Hash);
