using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Caching;

public class ImageCacheTests
{
    private static readonly TrainingRecipe Small = TrainingRecipe.Named() with
    {
        Features = new() { Input = ModelInput.Pixels, Width = 16, Height = 16, ScaledDecoding = true },
        Validation = 0.2,
        Training = TrainingRecipe.Named().Training with { Epochs = 2, BatchSize = 8, Threads = 2 },
    };

    [Fact]
    public void A_training_gives_the_same_bytes_without_a_cache_and_with_a_cold_a_warm_and_a_damaged_one()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 12);
        byte[] expected = Train(folder, cache: null, "off");
        Assert.Equal(expected, Train(folder, folder["cache"], "cold"));
        Assert.Equal(expected, Train(folder, folder["cache"], "warm"));

        string data = Assert.Single(Directory.GetFiles(folder["cache"], "*.data"));
        long length = new FileInfo(data).Length;
        Assert.Equal(24 * 16 * 16 * 3, length);
        using (FileStream file = new(data, FileMode.Open))
        {
            file.Position = 1000;
            file.Write(new byte[2000]);
            file.SetLength(length - 100);
        }
        Assert.Equal(expected, Train(folder, folder["cache"], "damaged"));
        Assert.True(new FileInfo(data).Length > length);
        Assert.Equal(expected, Train(folder, folder["cache"], "mended"));
    }

    [Fact]
    public void A_warm_cache_decodes_nothing_and_knows_moved_files_by_their_content()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 3);
        FeatureOptions size = new() { Input = ModelInput.Pixels, Width = 16, Height = 12, Fit = ImageFit.Crop };
        using ImageCache cache = ImageCache.Open(folder["cache"]);
        byte[][] expected = PixelsOf(ImageFolder.Open(folder["photos"]), size);
        Assert.Equal(expected, PixelsOf(cache.Over(ImageFolder.Open(folder["photos"])), size));

        Directory.Move(folder["photos"], folder["moved"]);
        File.Copy(folder["moved/bright/000.png"], folder["moved/bright/000-again.png"]);
        ImageSet moved = cache.Over(ImageFolder.Open(folder["moved"]));
        string index = Assert.Single(Directory.GetFiles(folder["cache"], "*.index"));
        long length = new FileInfo(index).Length;
        byte[][] pixels = PixelsOf(moved, size);
        Assert.Equal((byte[][])[expected[0], .. expected], pixels);
        Assert.Equal(length, new FileInfo(index).Length);
        Assert.All(Enumerable.Range(0, moved.Count), i => Assert.True(moved.Keeps(i, size)));

        // From here on the files are not needed any more.
        Directory.Delete(folder["moved"], recursive: true);
        Assert.Equal(pixels, PixelsOf(moved, size));
    }

    [Fact]
    public void A_changed_file_is_another_picture()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 2);
        using ImageCache cache = ImageCache.Open(folder["cache"]);
        FeatureOptions size = new() { Input = ModelInput.Pixels, Width = 16, Height = 16 };
        PixelsOf(cache.Over(ImageFolder.Open(folder["photos"])), size);
        SyntheticPhotos.Picture(new Random(9), 100).SavePng(folder["photos/dark/001.png"]);
        ImageFolder changed = ImageFolder.Open(folder["photos"]);
        Assert.Equal(PixelsOf(changed, size), PixelsOf(cache.Over(changed), size));
    }

    [Fact]
    public void What_cannot_be_read_is_told_in_the_same_words_and_not_kept()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 2);
        File.WriteAllText(folder["photos/dark/note.png"], "no picture");
        File.WriteAllBytes(folder["photos/dark/half.png"], File.ReadAllBytes(folder["photos/dark/000.png"])[..2000]);
        File.WriteAllText(folder["photos/dark/nothing.png"], "");
        using ImageCache cache = ImageCache.Open(folder["cache"]);
        ImageFolder set = ImageFolder.Open(folder["photos"]);
        FeatureExtractor extractor = new(new() { Width = 16, Height = 16 });
        IReadOnlyList<UnreadableImage> expected = LoadedImages.Load(set, extractor, 2, null, default).Unreadable;
        Assert.Equal(3, expected.Count);
        Assert.Equal(expected, LoadedImages.Load(cache.Over(set), extractor, 2, null, default).Unreadable);
        Assert.Equal(4 * 16 * 16 * 3, new FileInfo(Assert.Single(Directory.GetFiles(folder["cache"], "*.data"))).Length);
        Assert.Null(cache.Problem);
    }

    [Fact]
    public void Pictures_without_files_of_their_own_are_kept_too()
    {
        using TemporaryFolder folder = new();
        File.WriteAllLines(folder["set.toy"], ["dark 10", "bright 150", "dark 20"]);
        ToyImageSet set = new(folder["set.toy"]);
        FeatureOptions size = new() { Input = ModelInput.Pixels, Width = 16, Height = 16 };
        byte[][] expected = PixelsOf(set, size);
        using ImageCache cache = ImageCache.Open(folder["cache"]);
        ImageSet cached = cache.Over(set);
        Assert.Equal(expected, PixelsOf(cached, size));
        Assert.True(cached.Keeps(2, size));
        Assert.Equal(expected, PixelsOf(cached, size));
    }

    [LinuxFact]
    public void What_the_system_alone_knows_of_a_folder_that_cannot_be_made_is_told()
    {
        using TemporaryFolder folder = new();
        string told = Assert.Throws<IOException>(() => ImageCache.Open(folder[new string('a', 300)])).Message;
        Assert.Contains("choose another for the cache. The system says: ", told, StringComparison.Ordinal);
        File.WriteAllText(folder["file"], "");
        Assert.EndsWith("choose another for the cache.", Assert.Throws<IOException>(() => ImageCache.Open(folder["file/cache"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_takes_nothing_stops_no_training()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 12);
        byte[] expected = Train(folder, cache: null, "off");
        using ImageCache cache = ImageCache.Open(folder["cache"]);
        // No file can be made of this name.
        Directory.CreateDirectory(Path.Combine(folder["cache"], $"{CacheContent.Pictures(Small.Features).FileName}.index"));
        TrainingOutcome outcome = ImageClassifier.Train(cache.Over(ImageFolder.Open(folder["photos"])), Small);
        outcome.Classifier.Save(folder["m"]);
        Assert.Equal(expected, File.ReadAllBytes(folder["m"]));
        Assert.StartsWith($"{folder["cache"]} takes no more, and what it lacks is kept for this run alone, in memory or in a temporary file: ", cache.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5 * 16 * 16 * 3)]
    [InlineData(null)]
    public void What_a_cache_does_not_take_is_decoded_once_however_often_it_is_read_and_whatever_the_memory(int? memory)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        CountedImages set = new(ImageFolder.Open(folder["photos"]));
        using ImageCache cache = ImageCache.Open(folder["cache"]);
        Directory.CreateDirectory(Path.Combine(folder["cache"], $"{CacheContent.Pictures(Small.Features).FileName}.index"));
        LoadedImages loaded = LoadedImages.Load(cache.Over(set), new(Small.Features), 2, null, default, memory);
        Assert.NotNull(cache.Problem);
        byte[][] pixels = [.. loaded.Images.Select(image => image.Image.Pixels.ToArray())];
        Assert.Equal(pixels, loaded.Images.Select(image => image.Image.Pixels.ToArray()));
        Assert.Equal(set.Count, set.Decoded);
    }

    [Fact]
    public void Filling_a_folder_that_takes_nothing_ends_at_the_first_picture_and_says_how_to_go_on()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        CountedImages set = new(ImageFolder.Open(folder["photos"]));
        using ImageCache cache = ImageCache.Open(folder["cache"]);
        Directory.CreateDirectory(Path.Combine(folder["cache"], $"{CacheContent.Pictures(Small.Features).FileName}.index"));
        IOException full = Assert.Throws<IOException>(() => CacheFilling.Run(new(set), folder["photos"], cache, new(Small.Features), 0, 1, threads: 1, null, default));
        Assert.StartsWith($"{folder["cache"]} takes no more: ", full.Message, StringComparison.Ordinal);
        Assert.EndsWith(" When that is mended, the same command goes on from what is there.", full.Message, StringComparison.Ordinal);
        Assert.Equal(1, set.Decoded);
        Assert.False(File.Exists(PictureList.PathIn(folder["cache"])));
    }

    [SmallDiskFact]
    public void A_full_disk_stops_no_training_and_what_was_kept_is_whole()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 12);
        byte[] expected = Train(folder, cache: null, "off");
        Directory.CreateDirectory(folder["small"]);
        Assert.True(SmallDiskFactAttribute.Mount(folder["small"], 16));
        try
        {
            using ImageCache cache = ImageCache.Open(folder["small"]);
            ImageClassifier.Train(cache.Over(ImageFolder.Open(folder["photos"])), Small).Classifier.Save(folder["m"]);
            Assert.Equal(expected, File.ReadAllBytes(folder["m"]));
            Assert.Equal($"{folder["small"]} takes no more, and what it lacks is kept for this run alone, in memory or in a temporary file: the disk is full.", cache.Problem);
            using CacheFile file = new(folder["small"], CacheContent.Pictures(Small.Features));
            file.Open();
            Assert.InRange(file.Count, 1, 20);
            Assert.All(Enumerable.Range(0, file.Count), place => Assert.True(file.IsWhole(place)));
            file.Dispose();
            cache.Dispose();
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder["small"]);
        }
    }

    [Fact]
    public void Pictures_are_what_this_version_of_the_cache_was_written_for()
    {
        // Where this changes, entries of before would be believed: raise CacheContent's version with it.
        FeatureOptions size = new() { Input = ModelInput.Pixels, Width = 24, Height = 16, Fit = ImageFit.Crop, ScaledDecoding = true };
        Image drawn = SyntheticPhotos.Picture(new Random(3), 60);
        UInt128 png = ContentHash.Of(ImageReader.Read(drawn.EncodePng(), size).Pixels), jpeg = ContentHash.Of(ImageReader.Read(drawn.EncodeJpeg(80), size).Pixels);
        float[] signatures = new float[size.Height * 3 * 13];
        FeatureOptions paths = size with { Input = ModelInput.Signatures, Depth = 3 };
        new FeatureExtractor(paths).Extract(ImageReader.Read(drawn.EncodePng(), size), signatures);
        Assert.Equal(("1 ", "d51f4b1e56ce98222aa75ac09788060a"), (CacheContent.Features(paths, CacheFloats.Single).Description[..2], $"{ContentHash.Of(System.Runtime.InteropServices.MemoryMarshal.AsBytes(signatures.AsSpan())):x32}"));
        Assert.Equal(("1 ", "2ca5273ce7fdbddeaecc49da1ce152ce", "3e4f774756b29f2ebc16cae43daad249"), (CacheContent.Pictures(size).Description[..2], $"{png:x32}", $"{jpeg:x32}"));
    }

    private static byte[] Train(TemporaryFolder folder, string? cache, string name)
    {
        using ImageCache? opened = cache is null ? null : ImageCache.Open(cache);
        ImageSet set = ImageFolder.Open(folder["photos"]);
        ImageClassifier.Train(opened?.Over(set) ?? set, Small).Classifier.Save(folder[name]);
        return File.ReadAllBytes(folder[name]);
    }

    private static byte[][] PixelsOf(ImageSet set, FeatureOptions size) =>
        [.. Enumerable.Range(0, set.Count).Select(i => Resize.Fit(set.Read(i, size), size.Width, size.Height, size.Fit).Pixels.ToArray())];
}
