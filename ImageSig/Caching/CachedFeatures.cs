using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageSig.Imaging;

namespace ImageSig;

/// <summary>Features of samples that stay the same over the epochs, in a cache: found by the pixels that they are made of. Not standardized.</summary>
internal sealed class CachedFeatures
{
    private readonly ImageCache cache;
    private readonly FeatureExtractor extractor;
    private readonly CacheFile file;

    // [N] The place of each sample and 1; 0 where it is not known.
    private readonly int[] places;

    /// <param name="cache">Where they are kept.</param>
    /// <param name="extractor">How features are taken.</param>
    /// <param name="count">How many samples there are.</param>
    public CachedFeatures(ImageCache cache, FeatureExtractor extractor, int count)
    {
        (this.cache, this.extractor) = (cache, extractor);
        file = cache.FileOf(CacheContent.Features(extractor.Options, cache.Features));
        places = new int[count];
    }

    public int Count => places.Length;

    /// <summary>The features of a sample: from the cache, or else made of its picture, and then kept.</summary>
    /// <param name="index">The sample.</param>
    /// <param name="picture">What it shows.</param>
    /// <param name="features">Receives them.</param>
    /// <returns>Whether the cache has them now.</returns>
    public bool Make(int index, Image picture, Span<float> features)
    {
        UInt128 key = ContentHash.Of(picture.Pixels);
        int place = file.Find(key);
        if (place < 0 || !TryReadAt(place, features))
        {
            extractor.Extract(picture, features);
            place = Keep(key, features);
        }
        places[index] = place + 1;
        return place >= 0;
    }

    /// <summary>The features of a sample that was made before; false where the cache does not hold them, or not any more.</summary>
    public bool TryRead(int index, Span<float> features) => places[index] > 0 && TryReadAt(places[index] - 1, features);

    /// <summary>Makes features what they are after having been kept.</summary>
    public void Round(Span<float> features)
    {
        if (cache.Features != CacheFloats.Half)
            return;
        Half[] halves = ArrayPool<Half>.Shared.Rent(features.Length);
        TensorPrimitives.ConvertToHalf(features, halves);
        TensorPrimitives.ConvertToSingle(halves.AsSpan(0, features.Length), features);
        ArrayPool<Half>.Shared.Return(halves);
    }

    private int Keep(UInt128 key, Span<float> features)
    {
        if (cache.Features != CacheFloats.Half)
            return cache.Keep(file, key, MemoryMarshal.AsBytes(features));
        Half[] halves = ArrayPool<Half>.Shared.Rent(features.Length);
        TensorPrimitives.ConvertToHalf(features, halves);
        int place = cache.Keep(file, key, MemoryMarshal.AsBytes(halves.AsSpan(0, features.Length)));
        TensorPrimitives.ConvertToSingle(halves.AsSpan(0, features.Length), features);
        ArrayPool<Half>.Shared.Return(halves);
        return place;
    }

    private bool TryReadAt(int place, Span<float> features)
    {
        if (cache.Features != CacheFloats.Half)
            return file.TryRead(place, MemoryMarshal.AsBytes(features));
        Half[] halves = ArrayPool<Half>.Shared.Rent(features.Length);
        bool whole = file.TryRead(place, MemoryMarshal.AsBytes(halves.AsSpan(0, features.Length)));
        if (whole)
            TensorPrimitives.ConvertToSingle(halves.AsSpan(0, features.Length), features);
        ArrayPool<Half>.Shared.Return(halves);
        return whole;
    }
}
