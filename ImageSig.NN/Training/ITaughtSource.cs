namespace ImageSig.NN;

/// <summary>Samples that teachers have answers to: a model then learns from both, the labels and the answers (<see cref="TrainingOptions.TeacherShare"/>).
/// Of classes only. Called from several threads at once.</summary>
public interface ITaughtSource : ISampleSource
{
    /// <summary>Writes the teachers' chances of the classes for a sample as an epoch shows it: the mean over them of softmax(scores / temperature).</summary>
    /// <param name="index">The sample.</param>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="temperature">Of the training's options.</param>
    /// <param name="chances">[outputs].</param>
    public void CopyAnswers(int index, int epoch, float temperature, Span<float> chances);
}
