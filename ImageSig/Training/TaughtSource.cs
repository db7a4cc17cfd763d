using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Training samples with the mean of several teachers' answers to the very picture that the model is shown, changes and all. Of pictures that
/// stay the same over the epochs every answer is asked for once.</summary>
/// <param name="source">The samples.</param>
/// <param name="teachers">At least one.</param>
internal sealed class TaughtSource(FeatureSource source, IReadOnlyList<Teacher> teachers) : ITaughtSource
{
    private readonly float[]?[] known = new float[source.Images.AreDrawnAnew ? 0 : source.Count][];

    public int Count => source.Count;

    public Shape SampleShape => source.SampleShape;

    public int Label(int index) => source.Label(index);

    public void CopyTo(int index, Span<float> destination) => source.CopyTo(index, destination);

    public void CopyTo(int index, int epoch, Span<float> destination) => source.CopyTo(index, epoch, destination);

    public void CopyAnswers(int index, int epoch, float temperature, Span<float> chances)
    {
        if (index < known.Length && known[index] is { } answer)
        {
            answer.CopyTo(chances);
            return;
        }
        Image image = source.Images.Image(index, epoch);
        chances.Clear();
        foreach (Teacher teacher in teachers)
            teacher.AddAnswer(image, temperature, chances);
        foreach (ref float chance in chances)
            chance /= teachers.Count;
        if (index < known.Length)
            known[index] = chances.ToArray();
    }
}
