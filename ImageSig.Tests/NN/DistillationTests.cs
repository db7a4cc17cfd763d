using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Training on the answers of teachers beside the labels.</summary>
public sealed class DistillationTests
{
    private static readonly TrainingOptions Brief = new()
    {
        Epochs = 10, BatchSize = 25, Optimizer = OptimizerKind.AdamW, LearningRate = 0.01f, Seed = 3, TeacherShare = 1,
    };

    private readonly ArraySource right = ArraySource.Bumps(200, new Shape(20, 3), classes: 3, seed: 1);

    [Fact]
    public void A_model_learns_from_a_teacher_what_the_labels_do_not_say()
    {
        Model pupil = Trained(Mislabeled(), Brief with { Epochs = 40 }), alone = Trained(Mislabeled(), Brief with { Epochs = 40, TeacherShare = 0 });
        Assert.True(Accuracy(pupil) > 0.9, $"pupil {Accuracy(pupil)}");
        Assert.True(Accuracy(alone) < 0.6, $"alone {Accuracy(alone)}");
    }

    [Fact]
    public void A_share_of_nothing_is_a_training_without_teachers_to_the_last_bit() =>
        Assert.Equal(Weights(Trained(right, Brief)), Weights(Trained(new Taught(right, index => right.Label(index)), Brief with { TeacherShare = 0 })));

    [Theory]
    [InlineData(0.3f, 4)]
    [InlineData(1, 0.5f)]
    public void Share_and_temperature_change_the_weights_and_threads_do_not(float share, float temperature)
    {
        TrainingOptions options = Brief with { TeacherShare = share, TeacherTemperature = temperature, Epochs = 2 };
        float[] weights = Weights(Trained(Mislabeled(), options));
        Assert.Equal(weights, Weights(Trained(Mislabeled(), options with { Threads = 3 })));
        Assert.NotEqual(weights, Weights(Trained(Mislabeled(), options with { TeacherTemperature = temperature + 1 })));
        Assert.NotEqual(weights, Weights(Trained(Mislabeled(), options with { TeacherShare = share / 2 })));
    }

    [Fact]
    public void A_step_with_teachers_allocates_nothing()
    {
        long[] allocated = new long[16];
        Model model = Model.Create(new ConvSpec(Neurons: 10), right.SampleShape, 3, seed: 2);
        Trainer.Fit(model, Mislabeled(), null, Brief with { Epochs = 8, BatchSize = 100, TeacherShare = 0.5f }, new Watch(
            progress => allocated[(progress.Epoch - 1) * 2 + progress.Step - 1] = GC.GetAllocatedBytesForCurrentThread()));
        Assert.Equal(0, Enumerable.Range(2, 6).Min(epoch => allocated[2 * epoch + 1] - allocated[2 * epoch]));
    }

    [Fact]
    public void Teachers_answer_for_classes_only() => Assert.Equal(
        "Training: training samples have teachers, who answer for classes; train with cross-entropy or focal loss.",
        Assert.Throws<ArgumentException>(() => Trained(Mislabeled(), Brief with { Loss = LossKind.BinaryCrossEntropy })).Message);

    [Fact]
    public void A_share_or_temperature_out_of_range_is_named()
    {
        Assert.Equal("Training: the teachers' share is 1.5; it must be a number from 0 to 1.", Assert.Throws<SettingException>((Brief with { TeacherShare = 1.5f }).Check).Message);
        Assert.Equal("Training: the teachers' temperature is 0; it must be a number from 0.1 to 100.", Assert.Throws<SettingException>((Brief with { TeacherTemperature = 0 }).Check).Message);
    }

    /// <summary>Labels by chance, and a teacher that knows better.</summary>
    private Taught Mislabeled() => new(
        new ArraySource(right.SampleShape, Samples(), [.. Enumerable.Range(0, right.Count).Select(index => index * 7 % 3)]), index => right.Label(index));

    private float[] Samples()
    {
        float[] samples = new float[right.Count * right.SampleShape.Count];
        for (int i = 0; i < right.Count; i++)
            right.CopyTo(i, samples.AsSpan(i * right.SampleShape.Count, right.SampleShape.Count));
        return samples;
    }

    private static Model Trained(ISampleSource source, TrainingOptions options)
    {
        Model model = Model.Create(new ConvSpec(Neurons: 10), source.SampleShape, 3, seed: 2);
        Trainer.Fit(model, source, null, options);
        return model;
    }

    private double Accuracy(Model model)
    {
        float[] chances = new float[3 * right.Count];
        model.Predict(Samples(), right.Count, chances);
        return Enumerable.Range(0, right.Count).Count(i => ConfusionMatrix.Best(chances.AsSpan(3 * i, 3)) == right.Label(i)) / (double)right.Count;
    }

    private static float[] Weights(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray())];

    private sealed class Watch(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }

    /// <summary>A teacher that is nine tenths sure of a class.</summary>
    private sealed class Taught(ArraySource source, Func<int, int> answer) : ITaughtSource
    {
        public int Count => source.Count;

        public Shape SampleShape => source.SampleShape;

        public int Label(int index) => source.Label(index);

        public void CopyTo(int index, Span<float> destination) => source.CopyTo(index, destination);

        public void CopyAnswers(int index, int epoch, float temperature, Span<float> chances)
        {
            chances.Fill(0.1f / (chances.Length - 1));
            chances[answer(index)] = 0.9f;
        }
    }
}
