using System.Buffers;
using System.Diagnostics;
using ImageSig.Imaging;

namespace ImageSig;

/// <summary>Several models that look at the same images. Models that want the same pixels share one decoding, those that want the same size one resizing, and
/// those that want the same features share these; each answer is the one that the model gives alone.</summary>
/// <remarks>Predicting is thread-safe.</remarks>
public sealed class ClassifierSet
{
    // By what the models share: first how a file is decoded, then what is taken of the image.
    private readonly Dictionary<DecodeOptions, Dictionary<FeatureOptions, List<int>>> groups = [];
    private readonly FeatureExtractor[] extractors;

    /// <summary>A set of models.</summary>
    /// <param name="classifiers">At least one.</param>
    /// <exception cref="ArgumentException">There is none, or one is null.</exception>
    public ClassifierSet(IReadOnlyList<ImageClassifier> classifiers)
    {
        ArgumentNullException.ThrowIfNull(classifiers);
        if (classifiers.Count == 0)
            throw new ArgumentException("ClassifierSet: no classifier was given; at least one is needed.", nameof(classifiers));
        if (classifiers.Contains(null!))
            throw new ArgumentException("ClassifierSet: a classifier is null; leave it out.", nameof(classifiers));
        Classifiers = [.. classifiers];
        extractors = [.. classifiers.Select(classifier => classifier.Extractor)];
        for (int index = 0; index < classifiers.Count; index++)
        {
            FeatureOptions features = classifiers[index].Features;
            Dictionary<FeatureOptions, List<int>> sameImage = ValueOf(groups, features.ToDecodeOptions());
            // Standardizing follows the features: models that differ in nothing else share them.
            ValueOf(sameImage, features with { Standardize = false }).Add(index);
        }
    }

    /// <summary>The models, in the order of the answers.</summary>
    public IReadOnlyList<ImageClassifier> Classifiers { get; }

    /// <summary>Reads models that <see cref="ImageClassifier.Save(string)"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="ModelFileException">A file is damaged, foreign or too new.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ClassifierSet Load(params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return new ClassifierSet([.. paths.Select(ImageClassifier.Load)]);
    }

    /// <summary>What each model says of an image file, in the order of <see cref="Classifiers"/>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is not an image that can be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ModelFileException">A model gives no number for this image: its weights are damaged or were changed.</exception>
    public IReadOnlyList<Prediction> Predict(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImageReader.Check(path);
        Prediction[] answers = new Prediction[Classifiers.Count];
        foreach ((DecodeOptions options, Dictionary<FeatureOptions, List<int>> group) in groups)
        {
            long start = Stopwatch.GetTimestamp();
            FittedSize[] sizes = SizesOf(group);
            Image[] fitted = Image.LoadFitted(path, sizes, options);
            Answer(sizes, fitted, Stopwatch.GetElapsedTime(start), group, answers);
        }
        return answers;
    }

    /// <summary>What each model says of an image file that is in memory, in the order of <see cref="Classifiers"/>.</summary>
    /// <exception cref="ImageFormatException">The bytes are not an image that can be read.</exception>
    /// <exception cref="ModelFileException">A model gives no number for this image: its weights are damaged or were changed.</exception>
    public IReadOnlyList<Prediction> Predict(ReadOnlySpan<byte> file)
    {
        Prediction[] answers = new Prediction[Classifiers.Count];
        foreach ((DecodeOptions options, Dictionary<FeatureOptions, List<int>> group) in groups)
        {
            long start = Stopwatch.GetTimestamp();
            FittedSize[] sizes = SizesOf(group);
            Image[] fitted = Image.DecodeFitted(file, sizes, options);
            Answer(sizes, fitted, Stopwatch.GetElapsedTime(start), group, answers);
        }
        return answers;
    }

    /// <summary>What each model says of an image file that a stream holds from its position to its end, in the order of <see cref="Classifiers"/>.</summary>
    /// <param name="stream">Read to its end; not closed.</param>
    /// <exception cref="ImageFormatException">The bytes are not an image that can be read, or too many.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="ModelFileException">A model gives no number for this image: its weights are damaged or were changed.</exception>
    public IReadOnlyList<Prediction> Predict(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Image.WithWhole(stream, groups.Keys.First(), Predict);
    }

    /// <summary>What each model says of the pixels of a raw buffer, such as a camera's frame, in the order of <see cref="Classifiers"/>: the answers for a PNG file of the same pixels.</summary>
    /// <param name="pixels">At least <see cref="PixelLayout.MinLength"/> bytes; not kept.</param>
    /// <param name="layout">Format, size and stride.</param>
    /// <exception cref="ArgumentException">The buffer is shorter than the layout says, or the layout is impossible.</exception>
    /// <exception cref="ModelFileException">A model gives no number for this image: its weights are damaged or were changed.</exception>
    public IReadOnlyList<Prediction> Predict(ReadOnlySpan<byte> pixels, PixelLayout layout)
    {
        Prediction[] answers = new Prediction[Classifiers.Count];
        foreach (Dictionary<FeatureOptions, List<int>> group in groups.Values)
        {
            long start = Stopwatch.GetTimestamp();
            FittedSize[] sizes = SizesOf(group);
            Image[] fitted = Image.FromPixelsFitted(pixels, layout, sizes);
            Answer(sizes, fitted, Stopwatch.GetElapsedTime(start), group, answers);
        }
        return answers;
    }

    /// <summary>What each model says of each picture of a motion JPEG file, one after the other. Pictures that cannot be read have no answer.</summary>
    /// <remarks>A path to no file, and the like, is refused at once; the file is opened when its first picture is asked for.</remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">It is a folder, a link to nothing, an empty file or a named pipe.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ModelFileException">A model gives no number for a picture: its weights are damaged or were changed.</exception>
    public IEnumerable<MovingPrediction> PredictFrames(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImageReader.Check(path);
        return FramesOf(path);
    }

    private IEnumerable<MovingPrediction> FramesOf(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using MotionJpegReader reader = new(stream);
        for (int number = 1; reader.TryReadFrame(out ReadOnlySpan<byte> frame); number++)
        {
            IReadOnlyList<Prediction>? answers;
            string? problem = null;
            try
            {
                answers = Predict(frame);
            }
            catch (ImageFormatException damage)
            {
                (answers, problem) = (null, damage.Message);
            }
            yield return new MovingPrediction(number, answers, problem);
        }
    }

    /// <summary>What each model says of an image in memory, in the order of <see cref="Classifiers"/>.</summary>
    /// <exception cref="ModelFileException">A model gives no number for this image: its weights are damaged or were changed.</exception>
    public IReadOnlyList<Prediction> Predict(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Prediction[] answers = new Prediction[Classifiers.Count];
        foreach (Dictionary<FeatureOptions, List<int>> group in groups.Values)
        {
            FittedSize[] sizes = SizesOf(group);
            Image[] fitted = [.. sizes.Select(size => Resize.Fit(image, size.Width, size.Height, size.Fit))];
            Answer(sizes, fitted, TimeSpan.Zero, group, answers);
        }
        return answers;
    }

    /// <summary>How an image is decoded for some of the models, and the sizes at which these see it, each once.</summary>
    internal IEnumerable<(DecodeOptions Decoding, FittedSize[] Sizes)> Passes => groups.Select(group => (group.Key, SizesOf(group.Value)));

    /// <summary>What the answers about one image took together: what models share counts once, of features the longest.</summary>
    internal PredictionTimes Together(IReadOnlyList<Prediction> answers)
    {
        PredictionTimes sum = new(default, default, default);
        foreach (Dictionary<FeatureOptions, List<int>> group in groups.Values)
        {
            sum = sum with { Decode = sum.Decode + answers[group.Values.First()[0]].Times.Decode };
            foreach (List<int> members in group.Values)
                sum = sum with { Features = sum.Features + members.Max(member => answers[member].Times.Features) };
        }
        return answers.Aggregate(sum, (whole, answer) => whole with { Model = whole.Model + answer.Times.Model });
    }

    /// <summary>The sizes at which a group sees an image, each once.</summary>
    private static FittedSize[] SizesOf(Dictionary<FeatureOptions, List<int>> group) => [.. group.Keys.Select(SizeOf).Distinct()];

    private static FittedSize SizeOf(FeatureOptions features) => new(features.Width, features.Height, features.Fit);

    private void Answer(FittedSize[] sizes, Image[] fitted, TimeSpan decode, Dictionary<FeatureOptions, List<int>> group, Prediction[] answers)
    {
        foreach ((FeatureOptions wanted, List<int> members) in group)
        {
            FeatureExtractor extractor = extractors[members[0]];
            int length = extractor.SampleLength;
            float[] rented = ArrayPool<float>.Shared.Rent(2 * length);
            Span<float> features = rented.AsSpan(0, length), own = rented.AsSpan(length, length);
            long start = Stopwatch.GetTimestamp();
            extractor.Extract(fitted[Array.IndexOf(sizes, SizeOf(wanted))], features);
            TimeSpan extract = Stopwatch.GetElapsedTime(start);
            foreach (int member in members)
            {
                features.CopyTo(own);
                answers[member] = Classifiers[member].Answer(own, decode, extract);
            }
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private static TValue ValueOf<TKey, TValue>(Dictionary<TKey, TValue> dictionary, TKey key)
        where TKey : notnull
        where TValue : new()
    {
        if (!dictionary.TryGetValue(key, out TValue? value))
            dictionary[key] = value = new TValue();
        return value;
    }
}
