using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;
using ImageSig.Imaging;
using ImageSig.NN;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;

namespace ImageSig.Benchmarks.Recognition;

/// <summary>From the pixels of a picture of 64x64 to probabilities, signatures and calibration included. The others answer with the model that ImageSig exported as ONNX.</summary>
[Topic("predict", 14)]
public class PredictionBenchmarks : IDisposable
{
    private readonly Image picture = DrawnPictures.Draw(number: 1000);
    private readonly RunOptions run = new();
    private ImageClassifier classifier = null!;
    private InferenceSession session = null!;
    private byte[] pixels = [];
    private OrtValue input = null!;
    private PredictionEngine<Pixels, Answer> engine = null!;

    [Params(ModelKinds.Fc, ModelKinds.Conv, ModelKinds.Attention, ModelKinds.Grid, ModelKinds.Cnn)]
    public string Model { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        TrainingRecipe recipe = TrainingRecipe.Named(TrainingRecipe.Default, Model).WithTraining(options => options with { Epochs = 1, BatchSize = 8, Threads = 1 });
        classifier = ImageClassifier.Train(new DrawnPictures(), recipe).Classifier;
        string path = Path.Combine(Path.GetTempPath(), $"imagesig-{Environment.ProcessId}.onnx");
        classifier.SaveOnnx(path);
        SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        session = new(path, options);
        pixels = picture.Pixels.ToArray();
        input = OrtValue.CreateTensorValueFromMemory(pixels, [1, 64, 64, 3]);
        engine = Engine(path);
        File.Delete(path);
        float[] ours = [.. ImageSig().Probabilities.Select(one => one.Probability)];
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

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public Prediction ImageSig() => classifier.Predict(picture);

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
