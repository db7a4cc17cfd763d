using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace ImageSig.Tests.Support;

/// <summary>An ONNX file in ONNX Runtime, on one thread.</summary>
internal sealed class OnnxFile : IDisposable
{
    private readonly SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
    private readonly InferenceSession session;
    private readonly RunOptions run = new();

    public OnnxFile(string path) => session = new InferenceSession(path, options);

    /// <summary>What the file says about itself.</summary>
    public ModelMetadata Metadata => session.ModelMetadata;

    /// <summary>What goes in.</summary>
    public (string Name, Type Type, int[] Shape) Input => session.InputMetadata.Select(input => (input.Key, input.Value.ElementType, input.Value.Dimensions)).Single();

    /// <summary>What comes out.</summary>
    public IEnumerable<string> Outputs => session.OutputNames;

    /// <summary>An output for a batch.</summary>
    public float[] Run<T>(string output, T[] batch, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(batch, shape.ToArray());
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, [session.InputNames[0]], [input], [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        run.Dispose();
        session.Dispose();
        options.Dispose();
    }
}
