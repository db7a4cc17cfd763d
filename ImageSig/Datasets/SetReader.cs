using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The one loop that reads a set, for training, evaluation and export alike: on several threads, each image brought to size, and what cannot be read told
/// from what can.</summary>
internal static class SetReader
{
    /// <summary>Reads <paramref name="count"/> images from <paramref name="first"/> on.</summary>
    /// <param name="images">The set.</param>
    /// <param name="first">The index of the first image.</param>
    /// <param name="count">How many.</param>
    /// <param name="extractor">What they are brought to size for.</param>
    /// <param name="take">Given the position behind <paramref name="first"/> and the image at size; called from several threads.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="meter">Told of every image.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DatasetException">The set itself is damaged.</exception>
    /// <returns>[count]: why an image cannot be read, null where it could.</returns>
    public static string?[] Read(
        ImageSet images, int first, int count, FeatureExtractor extractor, Action<int, Image> take, int threads, ProgressMeter meter,
        CancellationToken cancellationToken)
    {
        string?[] reasons = new string?[count];
        ParallelLoop.For(count, threads, ReadOne, cancellationToken);
        return reasons;

        void ReadOne(int position)
        {
            try
            {
                take(position, extractor.Fit(images.Read(first + position, extractor.Options)));
            }
            catch (Exception problem) when (ImageReader.IsUnreadable(problem))
            {
                reasons[position] = ImageReader.Reason(problem);
            }
            meter.Advance();
        }
    }
}
