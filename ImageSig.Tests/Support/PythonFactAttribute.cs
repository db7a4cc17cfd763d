using System.Diagnostics;

namespace ImageSig.Tests.Support;

/// <summary>A test that asks a Python library: skipped, with the reason, where its Debian package is not installed.</summary>
internal sealed class PythonFactAttribute : FactAttribute
{
    private const string Interpreter = "/usr/bin/python3", Libraries = "/usr/lib/python3/dist-packages";

    public PythonFactAttribute(string library, string package)
    {
        if (!File.Exists(Interpreter) || !Directory.Exists(Libraries) || !Directory.EnumerateFileSystemEntries(Libraries, $"{library}*").Any())
            Skip = $"{library} is not installed (Debian package {package})";
    }

    /// <summary>Runs some Python and returns what it prints.</summary>
    public static string Run(string program)
    {
        using Process process = Process.Start(new ProcessStartInfo(Interpreter, ["-c", program]) { RedirectStandardOutput = true })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? printed.TrimEnd() : throw new InvalidOperationException($"python3 ended with {process.ExitCode}");
    }
}
