using System.Buffers;
using System.Diagnostics;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig;

public sealed partial class ImageClassifier
{
    /// <summary>Classifies an image file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is not an image that can be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ModelFileException">The model gives no number for this image: its weights are damaged or were changed.</exception>
    public Prediction Predict(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        long start = Stopwatch.GetTimestamp();
        Image image = ImageReader.Read(path, Features);
        return Predict(image, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Classifies an image file that is in memory: the answer of <see cref="Predict(string)"/> for a file of these bytes.</summary>
    /// <exception cref="ImageFormatException">The bytes are not an image that can be read.</exception>
    /// <exception cref="ModelFileException">The model gives no number for this image: its weights are damaged or were changed.</exception>
    public Prediction Predict(ReadOnlySpan<byte> file)
    {
        long start = Stopwatch.GetTimestamp();
        Image image = ImageReader.Read(file, Features);
        return Predict(image, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Classifies an image file that a stream holds from its position to its end: the answer of <see cref="Predict(string)"/> for such a file.</summary>
    /// <param name="stream">Read to its end; not closed.</param>
    /// <exception cref="ImageFormatException">The bytes are not an image that can be read, or too many.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="ModelFileException">The model gives no number for this image: its weights are damaged or were changed.</exception>
    public Prediction Predict(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long start = Stopwatch.GetTimestamp();
        Image image = ImageReader.Read(stream, Features);
        return Predict(image, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Classifies the pixels of a raw buffer, such as a camera's frame: the answer for a PNG file of the same pixels.</summary>
    /// <param name="pixels">At least <see cref="PixelLayout.MinLength"/> bytes; not kept.</param>
    /// <param name="layout">Format, size and stride.</param>
    /// <exception cref="ArgumentException">The buffer is shorter than the layout says, or the layout is impossible.</exception>
    /// <exception cref="ModelFileException">The model gives no number for this image: its weights are damaged or were changed.</exception>
    public Prediction Predict(ReadOnlySpan<byte> pixels, PixelLayout layout)
    {
        long start = Stopwatch.GetTimestamp();
        Image image = Image.FromPixelsFitted(pixels, layout, Features.Width, Features.Height, Features.Fit);
        return Predict(image, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Classifies an image in memory, of any size.</summary>
    /// <remarks>Where the pixels are those of a file, the answer is that of <see cref="Predict(string)"/> if the file was decoded with
    /// <see cref="FeatureOptions.ToDecodeOptions"/> of <see cref="Features"/>: a model that was trained on JPEGs decoded at a smaller scale
    /// (<see cref="FeatureOptions.ScaledDecoding"/>) sees slightly other pixels in one that was decoded whole. To be sure, give the file's bytes.</remarks>
    /// <exception cref="ModelFileException">The model gives no number for this image: its weights are damaged or were changed.</exception>
    public Prediction Predict(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Predict(image, TimeSpan.Zero);
    }

    /// <summary>Classifies many image files, several at once.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="threads">Threads to use; all cores where null.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One answer for each file, in their order; each is that of <see cref="Predict(string)"/>.</returns>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="ImageFormatException">A file is not an image that can be read; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="ModelFileException">The model gives no number for an image: its weights are damaged or were changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No thread.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<string> paths, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Each(paths.Count, index => Predict(paths[index]), threads, cancellationToken);
    }

    /// <summary>Classifies many images in memory, several at once.</summary>
    /// <param name="images">Of any sizes.</param>
    /// <param name="threads">Threads to use; all cores where null.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One answer for each image, in their order; each is that of <see cref="Predict(Image)"/>.</returns>
    /// <exception cref="ModelFileException">The model gives no number for an image: its weights are damaged or were changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No thread.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public IReadOnlyList<Prediction> Predict(IReadOnlyList<Image> images, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Each(images.Count, index => Predict(images[index]), threads, cancellationToken);
    }

    /// <summary><see cref="Predict(string)"/> on another thread than the caller's.</summary>
    /// <inheritdoc cref="Predict(string)"/>
    /// <exception cref="OperationCanceledException">The work was ended before it began.</exception>
    public Task<Prediction> PredictAsync(string path, CancellationToken cancellationToken = default) =>
        Task.Run(() => Predict(path), cancellationToken);

    /// <summary><see cref="Predict(IReadOnlyList{string}, int?, CancellationToken)"/> on other threads than the caller's.</summary>
    /// <inheritdoc cref="Predict(IReadOnlyList{string}, int?, CancellationToken)"/>
    public Task<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<string> paths, int? threads = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Predict(paths, threads, cancellationToken), cancellationToken);

    /// <summary>The answer for features as <see cref="FeatureExtractor.Extract"/> gives them; they are standardized in place.</summary>
    internal Prediction Answer(Span<float> features, TimeSpan decode, TimeSpan extract)
    {
        float[] probabilities = new float[Classes.Count];
        Familiarity? familiarity = file.Rules.Familiarity;
        float[] rented = familiarity is null ? [] : ArrayPool<float>.Shared.Rent(familiarity.Count);
        Span<float> description = familiarity is null ? [] : rented.AsSpan(0, familiarity.Count);
        long start = Stopwatch.GetTimestamp();
        file.Standardization?.Apply(features);
        long middle = Stopwatch.GetTimestamp();
        Model.Scores(features, 1, probabilities, description);
        if (HasAttributes)
            ElementKernel.Map<Sigmoid>(probabilities, probabilities);
        else
            file.Rules.ToChances(probabilities);
        float? distance = (float?)familiarity?.Distance(description);
        long end = Stopwatch.GetTimestamp();
        if (rented.Length > 0)
            ArrayPool<float>.Shared.Return(rented);

        int best = ConfusionMatrix.Best(probabilities);
        if (!Array.TrueForAll(probabilities, float.IsFinite))
            throw new ModelFileException("the model's answer for this image is not a number; its weights are damaged or were changed: train it again.");
        PredictionTimes times = new(decode, extract + Stopwatch.GetElapsedTime(start, middle), Stopwatch.GetElapsedTime(middle, end));
        ClassProbability[] all = [.. Classes.Select((name, index) => new ClassProbability(name, probabilities[index]))];
        if (HasAttributes)
            return Prediction.OfAttributes(all, times);
        return new Prediction(
            Classes[best], probabilities[best],
            all, times)
        {
            LabelIndex = best,
            Distance = distance,
            IsUnknown = distance > 1 || NegativeClass.Is(Classes[best]),
        };
    }

    private Prediction Predict(Image image, TimeSpan decode)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(extractor.SampleLength);
        Span<float> features = rented.AsSpan(0, extractor.SampleLength);
        long start = Stopwatch.GetTimestamp();
        extractor.Extract(extractor.Fit(image), features);
        Prediction answer = Answer(features, decode, Stopwatch.GetElapsedTime(start));
        ArrayPool<float>.Shared.Return(rented);
        return answer;
    }

    private static Prediction[] Each(int count, Func<int, Prediction> predict, int? threads, CancellationToken cancellationToken)
    {
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), $"Threads: {threads} were given; at least 1 is needed, or null for all cores.");
        Prediction[] answers = new Prediction[count];
        ParallelLoop.For(count, threads ?? Environment.ProcessorCount, index => answers[index] = predict(index), cancellationToken);
        return answers;
    }
}
