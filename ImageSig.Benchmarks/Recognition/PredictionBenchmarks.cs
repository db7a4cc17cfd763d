using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;
using ImageSig.Imaging;
using ImageSig.NN;

namespace ImageSig.Benchmarks.Recognition;

/// <summary>From the pixels of a picture of 64x64 to probabilities, signatures and calibration included. The others answer with the model that ImageSig exported as ONNX.</summary>
[Topic("predict", 14)]
public partial class PredictionBenchmarks
{
    private readonly Image picture = DrawnPictures.Draw(number: 1000);
    private ImageClassifier classifier = null!;

    [Params(ModelKinds.Fc, ModelKinds.Conv, ModelKinds.Attention, ModelKinds.Grid, ModelKinds.Cnn)]
    public string Model { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        TrainingRecipe recipe = TrainingRecipe.Named(TrainingRecipe.Default, Model).WithTraining(options => options with { Epochs = 1, BatchSize = 8, Threads = 1 });
        classifier = ImageClassifier.Train(new DrawnPictures(), recipe).Classifier;
        PrepareExported([.. ImageSig().Probabilities.Select(one => one.Probability)]);
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public Prediction ImageSig() => classifier.Predict(picture);

    partial void PrepareExported(float[] ours);
}
