namespace ImageSig.SelfTest;

/// <summary>One part of the self-test.</summary>
/// <param name="Name">What was tried.</param>
/// <param name="Found">What was found, in a few words; what is wrong where something is.</param>
/// <param name="Passed">Whether the result is right: within rounding of what it must be by its definition.</param>
/// <param name="Hash">The bits of the result.</param>
internal sealed record SelfTestPart(string Name, string Found, bool Passed, ulong Hash);
