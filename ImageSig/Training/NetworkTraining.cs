using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The training of a network, and before it of the members that teach it, all on the same images. What is done is in the checkpoint, members too.</summary>
internal sealed class NetworkTraining(
    TrainingRecipe recipe, TrainingOptions options, FeatureSource training, FeatureSource? validation, CheckpointFile? file,
    IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
{
    private TrainerState? earlier;

    /// <summary>Trains <paramref name="model"/>.</summary>
    /// <param name="model">Changed in place.</param>
    /// <param name="teachers">Those that are trained already.</param>
    /// <param name="asTeacher">Makes a teacher of a member.</param>
    /// <param name="resume">Whether to go on from the checkpoint.</param>
    public TrainingSummary Run(Model model, IEnumerable<Teacher> teachers, Func<Model, Teacher> asTeacher, bool resume)
    {
        earlier = resume ? file?.Read() : null;
        int done = file?.Members.Count ?? 0;
        Teacher[] all = [.. teachers, .. Sequences.Range(0, recipe.Members).Select(number => asTeacher(Member(model, number, isDone: number < done)))];
        ISampleSource samples = all.Length == 0 ? training : new TaughtSource(training, all);
        return Fit(model, samples, options, new TrainerProgress(training.Count, PipelineStage.Train, 0, 1, progress));
    }

    private Model Member(Model model, int number, bool isDone)
    {
        ulong seed = options.Seed + (ulong)number;
        Model member = Model.Create(recipe.Model, model.Input, model.Outputs, seed);
        if (isDone)
        {
            foreach ((Parameter parameter, float[] weights) in member.Parameters.Zip(file!.Members[number]))
                weights.CopyTo(parameter.Value.Span);
            return member;
        }
        Fit(member, training.WithSeed(seed), options with { Seed = seed }, new TrainerProgress(training.Count, PipelineStage.Members, number, recipe.Members, progress));
        file?.Flush();
        file?.Members.Add([.. member.Parameters.Select(parameter => parameter.Value.Span.ToArray())]);
        return member;
    }

    /// <summary>Before a classifier is trained its backbone looks at every sample once, which takes most of the time.</summary>
    private void TellOfFirstPass()
    {
        training.Meter = ProgressMeter.Of(PipelineStage.Features, training.Count + (validation?.Count ?? 0), progress);
        validation?.Meter = training.Meter;
    }

    /// <summary>Whatever ends a training, a picture that went included: the epochs before that can be gone on from. Why it ended is told all the same where there is no room for them.</summary>
    private void FlushIfPossible()
    {
        try
        {
            file?.Flush();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The file is that of before, or none.
        }
    }

    private TrainingSummary Fit(Model model, ISampleSource samples, TrainingOptions options, TrainerProgress steps)
    {
        TrainerState? state = earlier;
        earlier = null;
        if (model.Spec is TransferSpec && state is null)
            TellOfFirstPass();
        try
        {
            return Trainer.Fit(model, samples, validation, options, state, file is null ? null : file.Keep, steps, cancellationToken);
        }
        catch
        {
            FlushIfPossible();
            throw;
        }
    }
}
