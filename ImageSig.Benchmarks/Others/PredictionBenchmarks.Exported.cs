using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;

namespace ImageSig.Benchmarks.Recognition;

/// <summary>Programs that read what ImageSig exported.</summary>
public partial class PredictionBenchmarks : IDisposable
{
    private readonly RunOptions run = new();
    private InferenceSession session = null!;
    private byte[] pixels = [];
    private OrtValue input = null!;
    private PredictionEngine<Pixels, Answer> engine = null!;

    partial void PrepareExported(float[] ours)
    {
        string path = Path.Combine(Path.GetTempPath(), $"imagesig-{Environment.ProcessId}.onnx");
        classifier.SaveOnnx(path);
        SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        session = new(path, options);
        pixels = picture.Pixels.ToArray();
        input = OrtValue.CreateTensorValueFromMemory(pixels, [1, 64, 64, 3]);
        engine = Engine(path);
        File.Delete(path);
        Agreement.Check(Programs.OnnxRuntime, ours, OnnxRuntime());
        Agreement.Check(Programs.MicrosoftML, ours, MicrosoftML());
    }

    private static PredictionEngine<Pixels, Answer> Engine(string path)
    {
        MLContext context = new(seed: 1);
        OnnxOptions options = new()
        {
            ModelFile = path, InputColumns = ["pixels"], OutputColumns = ["probabilities"], IntraOpNumThreads = 1, InterOpNumThreads = 1,
            ShapeDictionary = new Dictionary<string, int[]> { ["pixels"] = [1, 64, 64, 3] },
        };
        ITransformer transformer = context.Transforms.ApplyOnnxModel(options).Fit(context.Data.LoadFromEnumerable<Pixels>([]));
        return context.Model.CreatePredictionEngine<Pixels, Answer>(transformer);
    }

    [Benchmark(Description = Programs.OnnxRuntime)]
    public float[] OnnxRuntime()
    {
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["pixels"], [input], ["probabilities"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    [Benchmark(Description = Programs.MicrosoftML)]
    public float[] MicrosoftML() => engine.Predict(new Pixels { Values = pixels }).Probabilities;

    [GlobalCleanup]
    public void Dispose()
    {
        engine.Dispose();
        input.Dispose();
        session.Dispose();
        run.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A row of ML.NET's.</summary>
    private sealed class Pixels
    {
        [Microsoft.ML.Data.ColumnName("pixels"), Microsoft.ML.Data.VectorType(1, 64, 64, 3)]
        public byte[] Values { get; set; } = [];
    }

    /// <summary>Likewise.</summary>
    private sealed class Answer
    {
        [Microsoft.ML.Data.ColumnName("probabilities")]
        public float[] Probabilities { get; set; } = [];
    }
}
