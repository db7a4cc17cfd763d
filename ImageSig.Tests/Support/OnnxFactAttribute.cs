using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace ImageSig.Tests.Support;

/// <summary>A test that asks ONNX Runtime: skipped, with the reason, where its native library does not load, or where a part of ../shared is absent.</summary>
internal sealed class OnnxFactAttribute : FactAttribute
{
    private static readonly string? Problem = Try();

    public OnnxFactAttribute(string? part = null) => Skip = Problem
        ?? (part is null || (Folders.Shared is not null && Path.Exists(Path.Combine(Folders.Shared, part))) ? null : $"../shared/{part} is not beside the repository");

    private static string? Try()
    {
        try
        {
            _ = OrtEnv.Instance();
            return null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or SEHException)
        {
            return $"ONNX Runtime's native library does not load: {missing.Message}";
        }
    }
}
