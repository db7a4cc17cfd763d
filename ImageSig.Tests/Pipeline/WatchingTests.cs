using System.Globalization;
using ImageSig.Imaging;
using ImageSig.Tensors;
using ImageSig.Tests.Imaging;
using ImageSig.Tests.Support;
using ImageSig.Watching;

namespace ImageSig.Tests.Pipeline;

/// <summary>Pictures as they come, and answers that do not flicker.</summary>
public class WatchingTests
{
    private static readonly DamagedFiles NoDamage = new(Assert.Fail, TimeProvider.System);

    [Fact]
    public void A_slow_consumer_gets_the_newest_picture_and_every_other_is_counted()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 50).Select(i => SyntheticPhotos.Picture(new Random(i), 100).EncodeJpeg())];
        using MemoryStream stream = new([.. pictures.SelectMany(picture => picture)]);
        using StreamFeed feed = new(stream, dropsOld: true, "the camera", Assert.Fail);
        int taken = 0;
        byte[] last = [];
        while (feed.TryTake(out ReadOnlySpan<byte> frame, CancellationToken.None))
        {
            taken++;
            last = frame.ToArray();
            Thread.Sleep(20);
        }
        Assert.Equal(50, feed.Frames);
        Assert.Equal(50, taken + feed.Dropped);
        Assert.Equal(pictures[^1], last);
    }

    [Fact]
    public void Without_dropping_every_picture_comes_in_order_and_damage_is_counted()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 30).Select(i => SyntheticPhotos.Picture(new Random(i), 100).EncodeJpeg())];
        byte[][] sent = [.. pictures.Select((picture, i) => i % 10 == 4 ? picture[..(picture.Length / 2)] : picture)];
        using MemoryStream stream = new([.. sent.SelectMany(picture => picture)]);
        using StreamFeed feed = new(stream, dropsOld: false, "the camera", Assert.Fail);
        List<byte[]> taken = [];
        while (feed.TryTake(out ReadOnlySpan<byte> frame, CancellationToken.None))
            taken.Add(frame.ToArray());
        Assert.Equal(pictures.Where((_, i) => i % 10 != 4), taken);
        Assert.Equal((27, 0, 3), (feed.Frames, feed.Dropped, feed.Damaged));
    }

    [Fact]
    public void Waiting_for_a_camera_can_be_stopped()
    {
        using Stuck stream = new();
        using StreamFeed feed = new(stream, dropsOld: true, "the camera", Assert.Fail);
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(50));
        Assert.Throws<OperationCanceledException>(() => feed.TryTake(out _, stop.Token));
        stream.Dispose();
    }

    [Fact]
    public void A_camera_that_breaks_is_told()
    {
        using Broken stream = new();
        using StreamFeed feed = new(stream, dropsOld: true, "the camera", Assert.Fail);
        Assert.Contains("unplugged", Assert.Throws<IOException>(() => feed.TryTake(out _, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(100_000)]
    public void A_stream_that_ends_without_a_picture_has_failed(int zeros)
    {
        using MemoryStream stream = new(new byte[zeros]);
        using StreamFeed feed = new(stream, dropsOld: true, "the camera", Assert.Fail);
        Assert.Equal(
            "the camera: the stream ended without one whole picture; expected is motion JPEG, as 'rpicam-vid -t 0 --codec mjpeg -o -' writes it.",
            Assert.Throws<IOException>(() => feed.TryTake(out _, CancellationToken.None)).Message);
    }

    [Fact]
    public void Ten_megabytes_without_a_picture_are_told_once_and_pictures_may_still_come()
    {
        byte[] picture = SyntheticPhotos.Picture(new Random(1), 100).EncodeJpeg();
        using MemoryStream stream = new([.. new byte[9_900_000], .. picture, .. new byte[9_900_000], .. picture, .. new byte[30_000_000], .. picture]);
        List<string> messages = [];
        using StreamFeed feed = new(stream, dropsOld: false, "the camera", messages.Add);
        int taken = 0;
        while (feed.TryTake(out _, CancellationToken.None))
            taken++;
        Assert.Equal(3, taken);
        Assert.Matches(@"^the camera: 10,\d{3},\d{3} bytes have come, and no whole picture among them; this does not look like motion JPEG", Assert.Single(messages));
    }

    [Theory]
    [InlineData(PixelFormat.Yuv420, 0, 24 * 16 * 3 / 2)]
    [InlineData(PixelFormat.Nv12, 32, 32 * 16 * 3 / 2)]
    [InlineData(PixelFormat.Rgb24, 80, 80 * 16)]
    public void Raw_pictures_follow_one_another_and_the_last_may_be_cut(PixelFormat format, int stride, int length)
    {
        PixelLayout layout = new(format, 24, 16, stride);
        Assert.Equal(length, layout.WholeLength);
        byte[][] pictures = [.. Enumerable.Range(1, 9).Select(i => Enumerable.Repeat((byte)i, length).ToArray())];
        using MemoryStream stream = new([.. pictures.SelectMany(picture => picture).SkipLast(1)]);
        using StreamFeed feed = new(stream, dropsOld: false, "the camera", Assert.Fail, layout);
        List<byte[]> taken = [];
        while (feed.TryTake(out ReadOnlySpan<byte> frame, CancellationToken.None))
            taken.Add(frame.ToArray());
        Assert.Equal(pictures[..8], taken);
        Assert.Equal((8, 0, 1), (feed.Frames, feed.Dropped, feed.Damaged));
        Assert.Equal(layout, feed.Layout);
    }

    [Fact]
    public void A_large_raw_picture_is_awaited_and_takes_no_more_memory_than_it_has()
    {
        PixelLayout layout = new(PixelFormat.Gray8, 4000, 3000);
        using ZerosOfOneThread two = new(2 * (int)layout.WholeLength);
        List<string> messages = [];
        int taken = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        using (StreamFeed feed = new(two, dropsOld: false, "the camera", messages.Add, layout))
            while (feed.TryTake(out ReadOnlySpan<byte> frame, CancellationToken.None))
                taken += frame.Length == layout.WholeLength ? 1 : 0;
        Assert.Equal(2, taken);
        Assert.Empty(messages);
        long here = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(here + two.Allocated, 3 * layout.WholeLength, 4 * layout.WholeLength);
    }

    /// <summary>Zeros, and what the thread that reads them has allocated when it read last: other tests run beside it in the same process.</summary>
    private sealed class ZerosOfOneThread(int length) : ForwardStream
    {
        private int left = length;
        private long allocated;

        public long Allocated => Volatile.Read(ref allocated);

        public override int Read(Span<byte> buffer)
        {
            Volatile.Write(ref allocated, GC.GetAllocatedBytesForCurrentThread());
            int read = Math.Min(left, buffer.Length);
            buffer[..read].Clear();
            left -= read;
            return read;
        }
    }

    [Fact]
    public void A_stream_without_one_raw_picture_and_one_of_JPEG_are_refused()
    {
        PixelLayout layout = new(PixelFormat.Gray8, 100, 100);
        using MemoryStream small = new(new byte[9999]), jpeg = new(SyntheticPhotos.Picture(new Random(1), 100).EncodeJpeg());
        using StreamFeed cut = new(small, dropsOld: false, "the camera", Assert.Fail, layout), other = new(jpeg, dropsOld: false, "the camera", Assert.Fail, layout);
        Assert.Equal("the camera: the stream ended without one whole picture; expected are pictures of 100x100 pixels, 10,000 bytes each.", Assert.Throws<IOException>(() => cut.TryTake(out _, CancellationToken.None)).Message);
        Assert.Equal("the camera: JPEG has come where pictures of 100x100 pixels, 10,000 bytes each were expected; leave --stdin-raw out, or have the camera send raw pictures.", Assert.Throws<IOException>(() => other.TryTake(out _, CancellationToken.None)).Message);
    }

    [Fact]
    public void Half_a_minute_of_bytes_before_the_first_picture_is_told_and_any_time_between_pictures_is_not()
    {
        FakeClock clock = new();
        List<string> messages = [];
        using MemoryStream bytes = new(new byte[1000]);
        using ExpectantStream stream = new(bytes, "the camera", messages.Add, clock);
        clock.Now = TimeSpan.FromMinutes(5);
        stream.ReadByte();
        clock.Now += TimeSpan.FromSeconds(29);
        stream.ReadByte();
        Assert.Empty(messages);
        stream.Found();
        clock.Now += TimeSpan.FromMinutes(5);
        stream.ReadByte();
        Assert.Empty(messages);
        using ExpectantStream other = new(bytes, "the other", messages.Add, clock);
        other.ReadByte();
        clock.Now += TimeSpan.FromSeconds(31);
        other.ReadByte();
        other.ReadByte();
        Assert.StartsWith("the other: 2 bytes have come", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_pictures_are_kept_as_JPEG()
    {
        using TemporaryFolder folder = new();
        Image picture = SyntheticPhotos.Picture(new Random(1), 100);
        KeptFrames kept = new(folder.Path, maxBytes: 1_000_000) { Layout = new(PixelFormat.Rgb24, picture.Width, picture.Height) };
        string path = kept.Keep(kept.FileOf(picture.Pixels), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "fire", isChange: true);
        Assert.EndsWith("change-20260102T030405.0000000Z-fire.jpg", path, StringComparison.Ordinal);
        Image back = Image.Load(path);
        Assert.Equal((picture.Width, picture.Height), (back.Width, back.Height));
        Assert.InRange(Difference.Between(picture, back).Mean, 0, 4);
    }

    [Fact]
    public void New_pictures_of_a_folder_come_once_and_those_that_were_there_do_not()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["old.jpg"], "old");
        using FolderFeed feed = new(folder.Path, Assert.Fail, NoDamage);
        File.WriteAllText(folder["a.jpg"], "first");
        File.WriteAllText(folder[".hidden.jpg"], "no");
        Assert.True(feed.TryTake(out ReadOnlySpan<byte> frame, CancellationToken.None));
        Assert.Equal("first", System.Text.Encoding.UTF8.GetString(frame));
        Assert.EndsWith("a.jpg", feed.Current, StringComparison.Ordinal);
        File.WriteAllText(folder["b.jpg"], "second");
        Assert.True(feed.TryTake(out frame, CancellationToken.None));
        Assert.Equal("second", System.Text.Encoding.UTF8.GetString(frame));
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(700));
        Assert.Throws<OperationCanceledException>(() => feed.TryTake(out _, stop.Token));
        Assert.Equal(2, feed.Frames);
    }

    [Fact]
    public void A_picture_that_was_written_long_ago_is_new_in_a_folder_that_it_is_moved_to_and_so_is_one_that_is_written_again()
    {
        using TemporaryFolder folder = new(), elsewhere = new();
        File.WriteAllText(folder["there.jpg"], "there");
        using FolderFeed feed = new(folder.Path, Assert.Fail, NoDamage);
        File.WriteAllText(elsewhere["a"], "moved");
        File.SetLastWriteTimeUtc(elsewhere["a"], DateTime.UtcNow.AddDays(-1));
        File.Move(elsewhere["a"], folder["moved.jpg"]);
        Assert.Equal("moved", Next(feed));
        File.WriteAllText(folder["there.jpg"], "written again");
        Assert.Equal("written again", Next(feed));
        // A new name alone makes no new picture.
        File.Move(folder["moved.jpg"], folder["renamed.jpg"]);
        // Of a camera whose clock is ahead.
        File.WriteAllText(elsewhere["b"], "early");
        File.SetLastWriteTimeUtc(elsewhere["b"], DateTime.UtcNow.AddDays(1));
        File.Move(elsewhere["b"], folder["early.jpg"]);
        Assert.Equal("early", Next(feed));
        Assert.Equal(3, feed.Frames);
    }

    [Fact]
    public void A_folder_that_goes_is_waited_for_and_brings_no_old_picture_back()
    {
        using TemporaryFolder root = new();
        Directory.CreateDirectory(root["camera"]);
        File.WriteAllText(root["camera/old.jpg"], "old");
        List<string> messages = [];
        using CancellationTokenSource stop = new(TimeSpan.FromMinutes(1));
        using FolderFeed feed = new(
            root["camera"], message =>
            {
                messages.Add(message);
                stop.Cancel();
            },
            NoDamage,
            mostGone: 0);
        Directory.Move(root["camera"], root["away"]);
        Assert.Throws<OperationCanceledException>(() => feed.TryTake(out _, stop.Token));
        // A disk that is not mounted often leaves an empty folder.
        Directory.CreateDirectory(root["camera"]);
        using CancellationTokenSource empty = new(TimeSpan.FromMilliseconds(600));
        Assert.Throws<OperationCanceledException>(() => feed.TryTake(out _, empty.Token));
        Directory.Delete(root["camera"]);
        Directory.Move(root["away"], root["camera"]);
        File.WriteAllText(root["camera/new.jpg"], "new");
        Assert.Equal("new", Next(feed));
        Assert.Equal(1, feed.Frames);
        Assert.Equal([$"{root["camera"]}: this folder cannot be listed any more. It is tried again.", $"{root["camera"]}: this folder is back."], messages[..2]);
    }

    [Fact]
    public void A_folder_to_which_nothing_comes_and_a_slow_camera_that_is_played_show_signs_of_life()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.jpg"], "a");
        using CancellationTokenSource stop = new(TimeSpan.FromMinutes(1));
        int signs = 0;
        using FolderFeed feed = new(folder.Path, Assert.Fail, new DamagedFiles(Assert.Fail, new FakeClock())) { Waits = Sign };
        Assert.Throws<OperationCanceledException>(() => feed.TryTake(out _, stop.Token));
        Assert.Equal(3, signs);
        using FakeCamera camera = new(folder.Path, TimeSpan.FromSeconds(2.5), new DamagedFiles(Assert.Fail, new FakeClock())) { Waits = () => signs++ };
        Assert.Equal(("a", 3), (Next(camera), signs));
        Assert.Equal(("a", 6), (Next(camera), signs));

        void Sign()
        {
            if (++signs == 3)
                stop.Cancel();
        }
    }

    [Fact]
    public void A_played_picture_that_has_gone_is_passed_over_and_counted()
    {
        using TemporaryFolder folder = new();
        foreach (string name in (string[])["a", "b", "c"])
            File.WriteAllText(folder[$"{name}.jpg"], name);
        List<string> messages = [];
        using FakeCamera camera = new(folder.Path, TimeSpan.Zero, new DamagedFiles(messages.Add, new FakeClock()));
        Assert.Equal("a", Next(camera));
        File.Delete(folder["b.jpg"]);
        Assert.Equal(("c", "a"), (Next(camera), Next(camera)));
        Assert.Equal((3, 1), (camera.Frames, camera.Damaged));
        Assert.Equal([$"{folder["b.jpg"]}: this file cannot be read any more."], messages);
        Assert.Equal(folder["a.jpg"], camera.Current);
        File.Delete(folder["a.jpg"]);
        File.Delete(folder["c.jpg"]);
        Assert.Contains("none of the 3 files", Assert.Throws<IOException>(() => Next(camera)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_somebody_else_holds_is_named_when_it_was_tried_often()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new(TimeSpan.FromMinutes(1));
        List<string> messages = [];
        DamagedFiles damaged = new(
            message =>
            {
                messages.Add(message);
                stop.Cancel();
            },
            TimeProvider.System);
        using FolderFeed feed = new(folder.Path, Assert.Fail, damaged);
        using FileStream held = new(folder["held.jpg"], FileMode.Create, FileAccess.Write, FileShare.None);
        held.WriteByte(1);
        held.Flush();
        Assert.Throws<OperationCanceledException>(() => feed.TryTake(out _, stop.Token));
        Assert.Equal([$"{folder["held.jpg"]}: this file cannot be read."], messages);
        Assert.Equal(1, feed.Damaged);
    }

    [Fact]
    public void Damaged_files_are_named_once_each_and_no_more_than_some_in_an_hour()
    {
        FakeClock clock = new();
        List<string> messages = [];
        DamagedFiles damaged = new(messages.Add, clock);
        damaged.Name("a.jpg", "cut off.");
        damaged.Name("a.jpg", "cut off.");
        damaged.Name("b.jpg", "no picture.");
        Assert.Equal(["a.jpg: cut off.", "b.jpg: no picture."], messages);
        for (int i = 0; i < 1000; i++)
            damaged.Name($"{i}.jpg", "cut off.");
        Assert.Equal(DamagedFiles.MostNamed + 1, messages.Count);
        Assert.Equal("20 damaged files were named; others are counted alone for an hour.", messages[^1]);
        clock.Now = TimeSpan.FromHours(1);
        damaged.Name("a.jpg", "cut off.");
        damaged.Name("999.jpg", "cut off.");
        Assert.Equal("999.jpg: cut off.", messages[^1]);
        Assert.Equal(DamagedFiles.MostNamed + 2, messages.Count);
    }

    private static string Next(FrameFeed feed)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        Assert.True(feed.TryTake(out ReadOnlySpan<byte> frame, patience.Token));
        return System.Text.Encoding.UTF8.GetString(frame);
    }

    [Theory]
    // One flicker does not count; a label needs a full window; an equal rival does not win.
    [InlineData("a a a b a a", "- - a . . .")]
    [InlineData("a b a b a b a b", "- - a . . . . .")]
    [InlineData("a a a b b b b", "- - a . . b .")]
    [InlineData("a a a ? ? ? a a a", "- - a . unknown . . . a")]
    [InlineData("? ? ?", "- - unknown")]
    public void A_steady_answer_changes_when_another_is_clearly_ahead(string answers, string changes)
    {
        SteadyClass steady = new(["a", "b"], new SteadyOptions { Frames = 3, MinConfidence = 0.55, Hysteresis = 0.3 });
        List<string> seen = [];
        foreach (string answer in answers.Split(' '))
            seen.Add(steady.Take(Say(answer)) ? steady.Label! : steady.Label is null ? "-" : ".");
        Assert.Equal(changes, string.Join(' ', seen));

        static Prediction Say(string answer)
        {
            float a = answer == "b" ? 0.1f : 0.9f;
            return new Prediction(answer == "b" ? "b" : "a", Math.Max(a, 1 - a), [new("a", a), new("b", 1 - a)], default) { LabelIndex = answer == "b" ? 1 : 0, IsUnknown = answer == "?" };
        }
    }

    [Theory]
    // Which is the most probable flickers where both are on, and that changes nothing; each attribute is steadied by itself; none on is an answer too.
    [InlineData("0.9,0.8 0.8,0.9 0.9,0.8 0.8,0.9 0.9,0.8", "- - hat,_smile . .")]
    [InlineData("0.9,0.1 0.9,0.1 0.9,0.1 0.9,0.9 0.9,0.1 0.9,0.9 0.9,0.9 0.9,0.9", "- - hat . . hat,_smile . .")]
    [InlineData("0.9,0.1 0.9,0.1 0.1,0.1 0.1,0.1 0.1,0.1 0.1,0.1", "- - hat nothing . .")]
    [InlineData("0.1,0.1 0.1,0.1 0.1,0.1 0.1,0.1", "- - nothing .")]
    // Neither a clear yes nor a clear no keeps no other attribute from being told; once on, it stays on around one half.
    [InlineData("0.5,0.9 0.5,0.9 0.5,0.9 0.58,0.9 0.58,0.9 0.58,0.9", "- - smile . . .")]
    [InlineData("0.9,0.1 0.9,0.1 0.9,0.1 0.45,0.1 0.45,0.1 0.45,0.1 0.45,0.1", "- - hat . . . .")]
    public void Each_attribute_is_steady_by_itself_and_the_label_is_what_is_on(string chances, string changes)
    {
        SteadyAttributes steady = new(["hat", "smile"], new SteadyOptions { Frames = 3, MinConfidence = 0.6, Hysteresis = 0.15 });
        List<string> seen = [];
        foreach (float[] answer in chances.Split(' ').Select(pair => pair.Split(',').Select(chance => float.Parse(chance, CultureInfo.InvariantCulture)).ToArray()))
        {
            string change = steady.Take(Prediction.OfAttributes([new("hat", answer[0]), new("smile", answer[1])], default)) ? steady.Label! : steady.Label is null ? "-" : ".";
            seen.Add(change.Length == 0 ? "nothing" : change.Replace(' ', '_'));
        }
        Assert.Equal(changes, string.Join(' ', seen));
    }

    [Fact]
    public void Attributes_are_as_sure_as_the_least_certain_of_them()
    {
        SteadyAttributes steady = new(["hat", "smile"], new SteadyOptions { Frames = 2 });
        steady.Take(Prediction.OfAttributes([new("hat", 0.9f), new("smile", 0.3f)], default));
        Assert.Equal((null, 0), (steady.Label, steady.Confidence));
        steady.Take(Prediction.OfAttributes([new("hat", 0.9f), new("smile", 0.1f)], default));
        Assert.Equal("hat", steady.Label);
        Assert.Equal(0.8, steady.Confidence, 6);
    }

    [Fact]
    public void Kept_pictures_stay_below_their_size_and_those_of_others_are_left_alone()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["mine.jpg"], "not counted");
        File.WriteAllText(folder["frame-20260101T000000.0000000Z-fire.json"], "not counted");
        DateTime time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        KeptFrames kept = new(folder.Path, maxBytes: 1000);
        for (int i = 0; i < 10; i++)
            kept.Keep(new byte[300], time.AddSeconds(i), "fire/../x", isChange: false);
        kept = new KeptFrames(folder.Path, maxBytes: 700);
        Assert.Equal(folder["frame-20260101T000011.0000000Z-fog.jpg"], kept.Keep(new byte[300], time.AddSeconds(11), "fog", isChange: false));
        Assert.Equal(
            ["frame-20260101T000000.0000000Z-fire.json", "frame-20260101T000009.0000000Z-fire____x.jpg", "frame-20260101T000011.0000000Z-fog.jpg", "mine.jpg"],
            Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pictures_of_changes_are_the_last_to_go()
    {
        using TemporaryFolder folder = new();
        KeptFrames kept = new(folder.Path, maxBytes: 1000);
        foreach (string picture in (string[])["1c", "2", "3", "4c", "5", "6c"])
            kept.Keep(new byte[300], At(picture), "x", picture.EndsWith('c'));
        Assert.Equal(["1c", "4c", "6c"], Held());
        // The newest has room, whatever it is; also of an earlier run's.
        kept = new KeptFrames(folder.Path, maxBytes: 1000);
        kept.Keep(new byte[300], At("7"), "x", isChange: false);
        Assert.Equal(["4c", "6c", "7"], Held());
        kept.Keep(new byte[300], At("8"), "x", isChange: false);
        Assert.Equal(["4c", "6c", "8"], Held());
        kept.Keep(new byte[900], At("9c"), "x", isChange: true);
        Assert.Equal(["9c"], Held());

        static DateTime At(string picture) => DateTime.UnixEpoch.AddSeconds(picture[0] - '0');

        string[] Held() => [.. Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Select(name => name!.Contains("change-", StringComparison.Ordinal) ? $"{Second(name)}c" : $"{Second(name)}").Order(StringComparer.Ordinal)];

        static char Second(string name) => name[name.IndexOf('.', StringComparison.Ordinal) - 1];
    }

    [Fact]
    public void Of_hard_pictures_the_least_certain_of_each_minute_model_and_label_is_kept_and_all_of_changes()
    {
        using TemporaryFolder folder = new();
        FakeClock clock = new();
        HardFrames hard = new(new KeptFrames(folder.Path, maxBytes: 1_000_000), TimeSpan.FromSeconds(60), clock, Assert.Fail);
        // One hour of fog, a picture each second; in each minute that of its 31st second is the least certain.
        for (int second = 0; second < 3600; second++)
        {
            clock.Now = TimeSpan.FromSeconds(second);
            hard.KeepDue();
            Assert.Null(hard.Take([(byte)(second % 60)], DateTime.UnixEpoch.AddSeconds(second), [new(0, "unknown", Math.Abs(0.01 * ((second % 60) - 31)), IsChange: false)]));
        }
        Assert.Equal(59, Directory.GetFiles(folder.Path).Length);
        hard.KeepAll();
        Assert.Equal(60, Directory.GetFiles(folder.Path).Length);
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.Equal([31], File.ReadAllBytes(file)));
        Assert.Contains("-fire.jpg", hard.Take([1], DateTime.UnixEpoch, [new(0, "unknown", 0.1, IsChange: false), new(1, "fire", 0.9, IsChange: true)])!, StringComparison.Ordinal);
        Assert.EndsWith("-fog.jpg", hard.Take([1], DateTime.UnixEpoch, [new(0, "fog", 0.9, IsChange: true)])!, StringComparison.Ordinal);
        hard.KeepAll();
        Assert.Equal(62, Directory.GetFiles(folder.Path).Length);
        // Labels and models wait for themselves, and a picture that is the least certain of two is kept once.
        hard.Take([1], DateTime.UnixEpoch.AddDays(1), [new(0, "fog", 0.3, IsChange: false), new(1, "fire", 0.2, IsChange: false)]);
        hard.Take([2], DateTime.UnixEpoch.AddDays(2), [new(0, "fire", 0.3, IsChange: false)]);
        hard.KeepAll();
        Assert.Equal(64, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Where_every_hard_picture_is_wanted_it_is_kept_at_once()
    {
        using TemporaryFolder folder = new();
        HardFrames hard = new(new KeptFrames(folder.Path, maxBytes: 1_000_000), TimeSpan.Zero, new FakeClock(), Assert.Fail);
        for (int second = 0; second < 5; second++)
            Assert.True(File.Exists(hard.Take([1], DateTime.UnixEpoch.AddSeconds(second), [new(0, "unknown", 0.5, IsChange: false)])));
        Assert.Null(hard.Take([1], DateTime.UnixEpoch, []));
        Assert.Equal(5, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_kept_picture_has_the_ending_of_its_format()
    {
        using TemporaryFolder folder = new();
        KeptFrames kept = new(folder.Path, maxBytes: 1_000_000);
        Image picture = new(8, 8);
        Assert.EndsWith("-fire.png", kept.Keep(picture.EncodePng(), DateTime.UnixEpoch, "fire", isChange: false), StringComparison.Ordinal);
        Assert.EndsWith("-fire.jpg", kept.Keep(picture.EncodeJpeg(), DateTime.UnixEpoch, "fire", isChange: false), StringComparison.Ordinal);
    }

    private sealed class Stuck : MemoryStream
    {
        private readonly ManualResetEventSlim closed = new();

        public override int Read(byte[] buffer, int offset, int count)
        {
            closed.Wait();
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            closed.Set();
            base.Dispose(disposing);
        }
    }

    private sealed class Broken : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("the camera was unplugged");
    }
}
