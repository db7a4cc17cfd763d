using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.NN;
using ImageSig.Tests.Support;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.Readme;

/// <summary>The code of docs/networks.md and docs/autodiff.md is the code that runs here.</summary>
public sealed class NetworksDocumentTests
{
    [Fact]
    public void The_loop_of_ones_own_learns_exclusive_or() => Assert.InRange(NetworksExamples.OwnLoop(), 0, 0.01f);

    [Fact]
    public void A_network_of_ones_own_trains_whole_and_then_in_part()
    {
        QuestionSource train = new(400, 1);
        Model network = NetworksExamples.OwnNetwork(train);
        Assert.Equal(["conv.weight", "conv.bias"], network.Parameters.Where(parameter => parameter.IsFrozen).Select(parameter => parameter.Name));
        float[] sample = new float[train.SampleShape.Count], chances = new float[4];
        int right = 0;
        for (int i = 0; i < 100; i++)
        {
            train.CopyTo(i, sample);
            network.PredictAttributes(sample, 1, chances);
            float[] answers = new float[4];
            train.CopyTargets(i, answers);
            right += chances.Zip(answers).Count(pair => pair.First > 0.5f == pair.Second > 0.5f);
        }
        Assert.InRange(right, 280, 400);
    }

    [Fact]
    public void Weights_of_a_network_trained_on_arrays_are_kept_by_name()
    {
        QuestionSource source = new(100, 1);
        float[] sequences = new float[100 * source.SampleShape.Count], answers = new float[400];
        for (int i = 0; i < 100; i++)
        {
            source.CopyTo(i, sequences.AsSpan(i * source.SampleShape.Count, source.SampleShape.Count));
            source.CopyTargets(i, answers.AsSpan(4 * i, 4));
        }
        Model network = NetworksExamples.OwnNetwork(source), same = NetworksExamples.OwnNetwork(source);
        TrainingOptions brief = new() { Epochs = 2, BatchSize = 25, Loss = LossKind.BinaryCrossEntropy };
        Trainer.Fit(same, source, null, brief);
        using TemporaryFolder folder = new();
        NetworksExamples.KeepWeights(network, sequences, answers, brief, folder["weights.safetensors"]);
        SafetensorsFile kept = SafetensorsFile.Read(File.ReadAllBytes(folder["weights.safetensors"]));
        Assert.Equal(["conv.weight", "conv.bias", "output.weight", "output.bias"], kept.Tensors.Select(entry => entry.Name));
        foreach ((Parameter left, Parameter right, SafetensorsEntry entry) in network.Parameters.Zip(same.Parameters, kept.Tensors))
        {
            Assert.Equal(right.Value.Span, left.Value.Span);
            Assert.Equal(entry.Values, left.Value.Span);
        }
    }

    [Fact]
    public void The_trainer_learns_several_questions_within_its_plan()
    {
        QuestionSource train = new(400, 1);
        float[] sample = new float[train.SampleShape.Count];
        train.CopyTo(0, sample);
        (MemoryPlan plan, TrainingSummary summary, float[] chances) = NetworksExamples.Train(train, new QuestionSource(100, 2), sample);
        Assert.InRange(plan.TotalBytes, 1, 64_000_000);
        Assert.True(summary.Epochs[summary.ChosenEpoch - 1].ValidationAccuracy > 0.8);
        Assert.All(chances, chance => Assert.InRange(chance, 0, 1));
    }

    [Fact]
    public void The_views_show_the_same_memory() => Assert.Equal(Math.Exp(5) / (Math.Exp(5) + 2), NetworksExamples.Views(), 1e-6);

    [Fact]
    public void The_operation_of_the_autodiff_page_has_the_right_gradient_and_stays_under_sixty_lines()
    {
        AutodiffExamples.Check();
        Assert.InRange(DocumentedCode.Shown("docs/autodiff.md").First().Split('\n').Length, 1, 59);
    }
}
