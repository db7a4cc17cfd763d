using System.Diagnostics;

namespace ImageSig.Tests.Support;

/// <summary>A test that looks at a page in Debian's Chromium: skipped, with the reason, where it is not installed or does not start.</summary>
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Absent.Value;

    /// <summary>Why there is none; null where there is.</summary>
    public static Lazy<string?> Absent { get; } = new(() =>
    {
        if (!File.Exists(Chromium.Program))
            return $"{Chromium.Program} is not installed (Debian package chromium)";
        using TemporaryFolder profile = new();
        string[] arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={profile.Path}", "--dump-dom", "about:blank"];
        using Process probe = Process.Start(new ProcessStartInfo(Chromium.Program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> page = probe.StandardOutput.ReadToEndAsync(), messages = probe.StandardError.ReadToEndAsync();
        if (!probe.WaitForExit(TimeSpan.FromMinutes(5)))
            probe.Kill(entireProcessTree: true);
        return page.Result.Contains("<html", StringComparison.Ordinal) ? null : $"{Chromium.Program} does not start here: {messages.Result.Split('\n')[0]}";
    });
}

/// <summary>The same for a theory.</summary>
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = ChromiumFactAttribute.Absent.Value;
}
