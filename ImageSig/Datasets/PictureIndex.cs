using System.Numerics;
using System.Runtime.InteropServices;
using ImageSig.Checking;

namespace ImageSig;

/// <summary>Pictures that are the same, pixel by pixel at the model's size.</summary>
/// <param name="Count">How many pictures have such a twin.</param>
/// <param name="First">The first of them.</param>
/// <param name="Twin">Its twin.</param>
public sealed record SamePictures(int Count, string First, string Twin);

/// <summary>Pictures by a hash of 64 bits of their pixels: two of a million different ones share a hash once in 37 million such sets.</summary>
internal sealed class PictureIndex
{
    private readonly Picture[] pictures;
    private readonly Dictionary<ulong, int> firsts;

    /// <param name="images">Each is read once.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public PictureIndex(IReadOnlyList<LabeledImage> images, CancellationToken cancellationToken)
    {
        pictures = [.. images.Select(Look)];
        firsts = new(pictures.Length);
        for (int i = 0; i < pictures.Length; i++)
            firsts.TryAdd(pictures[i].Hash, i);

        Picture Look(LabeledImage image)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> pixels = image.Image.Pixels;
            return new(Hash(pixels), PictureLevels.Of(pixels), image.Unloaded());
        }
    }

    /// <summary>Pictures whose first occurrence has another label.</summary>
    public SamePictures? UnderTwoLabels() =>
        Found([.. pictures.Where(picture => FirstLike(picture.Hash).Label != picture.Image.Label).Select(picture => (FirstLike(picture.Hash).Name, picture.Image.Name))]);

    /// <summary>Pictures whose first occurrence has the same label.</summary>
    public SamePictures? UnderOneLabel() =>
        Found([.. pictures.Where((picture, i) => firsts[picture.Hash] != i && FirstLike(picture.Hash).Label == picture.Image.Label).Select(picture => (picture.Image.Name, FirstLike(picture.Hash).Name))]);

    /// <summary>How many pictures are such, and the name of the first; null where none is.</summary>
    public (int Count, string First)? Where(Predicate<PictureLevels> isSuch)
    {
        LabeledImage[] such = [.. pictures.Where(picture => isSuch(picture.Levels)).Select(picture => picture.Image)];
        return such.Length == 0 ? null : (such.Length, such[0].Name);
    }

    /// <summary>Pictures of <paramref name="others"/> that are here too.</summary>
    public SamePictures? AlsoIn(PictureIndex others) =>
        Found([.. others.pictures.Where(picture => firsts.ContainsKey(picture.Hash)).Select(picture => (picture.Image.Name, FirstLike(picture.Hash).Name))]);

    private LabeledImage FirstLike(ulong hash) => pictures[firsts[hash]].Image;

    private static SamePictures? Found((string Name, string Twin)[] pairs) => pairs is [(string first, string twin), ..] ? new(pairs.Length, first, twin) : null;

    public static ulong Hash(ReadOnlySpan<byte> pixels)
    {
        // Odd constants of the golden ratio and of √2; any that mix well will do, the hash is kept nowhere.
        const ulong First = 0x9E3779B97F4A7C15, Second = 0x6A09E667F3BCC909;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(pixels);
        ulong hash = (ulong)pixels.Length * First;
        foreach (ulong word in words)
            hash = BitOperations.RotateLeft(hash ^ (word * First), 31) * Second;
        foreach (byte rest in pixels[(words.Length * sizeof(ulong))..])
            hash = BitOperations.RotateLeft(hash ^ (rest * First), 31) * Second;
        return hash ^ (hash >> 29);
    }

    /// <summary>What is kept of a picture. A class: lists of tuples are code of their own for each kind of tuple, 20 KB here.</summary>
    private sealed class Picture(ulong hash, PictureLevels levels, LabeledImage image)
    {
        public ulong Hash => hash;

        public PictureLevels Levels => levels;

        public LabeledImage Image => image;
    }
}
