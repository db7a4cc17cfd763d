using System.Buffers;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors.Kernels;

namespace ImageSig;

/// <summary>A trained network that answers about training pictures, each brought to what it eats: its size, its fit, its features.</summary>
/// <param name="Model">The network.</param>
/// <param name="Extractor">From a picture to its features.</param>
/// <param name="Standardization">Of the features; null for none.</param>
/// <param name="Order">[classes] Where its output of each of the set's classes stands.</param>
internal sealed record Teacher(Model Model, FeatureExtractor Extractor, Standardization? Standardization, IReadOnlyList<int> Order)
{
    /// <summary>The teachers of a set of classes.</summary>
    /// <exception cref="DatasetException">One knows other classes, or answers questions.</exception>
    public static IReadOnlyList<Teacher> Of(IReadOnlyList<ImageClassifier> classifiers, IReadOnlyList<string> classes) =>
        [.. classifiers.Select((classifier, index) => Of(classifier, $"teacher {classifier.Source ?? $"{index + 1} of {classifiers.Count}"} ({classifier.Model.Spec.Name})", classes))];

    /// <summary>Adds softmax(scores / temperature) to <paramref name="chances"/>.</summary>
    /// <param name="image">Of any size.</param>
    /// <param name="temperature">Above 0.</param>
    /// <param name="chances">[classes].</param>
    public void AddAnswer(Image image, float temperature, Span<float> chances)
    {
        int length = Extractor.SampleLength;
        float[] rented = ArrayPool<float>.Shared.Rent(length + Model.Outputs);
        Span<float> features = rented.AsSpan(0, length), scores = rented.AsSpan(length, Model.Outputs);
        Extractor.Extract(Extractor.Fit(image), features);
        Standardization?.Apply(features);
        Model.Scores(features, 1, scores);
        foreach (ref float score in scores)
            score /= temperature;
        SoftmaxKernel.Rows(scores, scores.Length, scores);
        for (int label = 0; label < chances.Length; label++)
            chances[label] += scores[Order[label]];
        ArrayPool<float>.Shared.Return(rented);
    }

    private static Teacher Of(ImageClassifier classifier, string name, IReadOnlyList<string> classes)
    {
        if (classifier.HasAttributes)
            throw new DatasetException($"{name} answers questions ({string.Join(", ", classifier.Classes)}); a teacher must know the classes {string.Join(", ", classes)}: give another, or leave it out.");
        int[] order = [.. classes.Select(known => ClassNames.IndexOf(known, classifier.Classes))];
        if (order.Length != classifier.Classes.Count || order.Contains(-1))
            throw new DatasetException(
                $"{name} knows {string.Join(", ", classifier.Classes)}, and the images have the classes {string.Join(", ", classes)}; a teacher must know the same: give another, or leave it out.");
        return new Teacher(classifier.Model, classifier.Extractor, classifier.Standardization, order);
    }
}
