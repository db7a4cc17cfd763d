using System.Buffers;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Turns an image into what a model eats: the (log-)signatures of its rows (and columns), <c>features[s] = signature of path s, levels 1…N</c>,
/// or its pixels.</summary>
/// <remarks>Thread-safe; the result depends on nothing but the image and the options.</remarks>
public sealed class FeatureExtractor
{
    private readonly SignatureTransform? signature;
    private readonly LogSignatureTransform? logSignature;
    private readonly SignedRoots? roots;

    /// <summary>Prepares the transform.</summary>
    /// <exception cref="SettingException">An option is out of its bounds.</exception>
    public FeatureExtractor(FeatureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Options = options;
        SignatureOptions start = new() { Basepoint = options.Basepoint };
        if (options.LogSignature is { } basis)
            logSignature = new LogSignatureTransform(options.Channels, options.Depth, basis, start);
        else
            signature = new SignatureTransform(options.Channels, options.Depth, start);
        roots = RootsOf(options);
        SampleShape = options.SampleShape;
    }

    /// <summary>The signed roots that are taken of the (log-)signatures; null for none.</summary>
    internal static SignedRoots? RootsOf(FeatureOptions options) => (options.Roots, options.LogSignature) switch
    {
        (0, _) => null,
        (_, { } basis) => SignedRoots.OfLogSignatures(options.Channels, options.Depth, basis, options.Roots),
        _ => SignedRoots.OfSignatures(new SignatureLayout(options.Channels, options.Depth), options.Roots),
    };

    /// <summary>What was asked for.</summary>
    public FeatureOptions Options { get; }

    /// <summary>The shape of one image's features: [S, F] signatures, or [H, W, 3] pixels.</summary>
    public Shape SampleShape { get; }

    /// <summary>The number of values of one image.</summary>
    public int SampleLength => SampleShape.Count;

    /// <summary>Brings an image to the size that the features are taken at.</summary>
    public Image Fit(Image image) => Resize.Fit(image, Options.Width, Options.Height, Options.Fit);

    /// <summary>The features of an image that <see cref="Fit"/> returned; not standardized.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="features"><see cref="SampleShape"/>.</param>
    /// <exception cref="ArgumentException">The image has another size, or the span another length.</exception>
    public void Extract(Image image, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width != Options.Width || image.Height != Options.Height)
            throw new ArgumentException($"FeatureExtractor.Extract: the image is {image.Width}x{image.Height}, {Options.Width}x{Options.Height} was expected; call Fit first.", nameof(image));
        if (features.Length != SampleLength)
            throw new ArgumentException($"FeatureExtractor.Extract: room for {features.Length} features was given, {SampleShape} = {SampleLength} are made.", nameof(features));

        if (Options.Input == ModelInput.Pixels)
        {
            // All rows as paths of colors, one after the other, are the pixels.
            ImageStreams.Rows(image, features);
            return;
        }
        int points = image.Width * image.Height * Options.Channels;
        float[] rented = ArrayPool<float>.Shared.Rent(points);
        Span<float> paths = rented.AsSpan(0, points);
        ImageStreams.Rows(image, paths, Options.Time);
        int rowFeatures = image.Height * SampleShape.Last;
        Transform(paths, image.Height, image.Width, features[..rowFeatures]);
        if (Options.TwoDirection)
        {
            ImageStreams.Columns(image, paths, Options.Time);
            Transform(paths, image.Width, image.Height, features[rowFeatures..]);
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private void Transform(ReadOnlySpan<float> paths, int count, int length, Span<float> features)
    {
        signature?.Forward(paths, count, length, features);
        logSignature?.Forward(paths, count, length, features);
        roots?.Forward(features);
    }
}
