using ImageSig.Imaging;
using ImageSig.Tests.Support;
using ImageSig.Watching;

namespace ImageSig.Tests.Pipeline;

/// <summary>Pictures as they come, and answers that do not flicker.</summary>
public class WatchingTests
{
    [Fact]
    public void A_slow_consumer_gets_the_newest_picture_and_every_other_is_counted()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 50).Select(i => SyntheticPhotos.Picture(new Random(i), 100).EncodeJpeg())];
        using MemoryStream stream = new([.. pictures.SelectMany(picture => picture)]);
        using StreamFeed feed = new(stream, dropsOld: true);
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
        using StreamFeed feed = new(stream, dropsOld: false);
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
        using StreamFeed feed = new(stream, dropsOld: true);
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(50));
        Assert.Throws<OperationCanceledException>(() => feed.TryTake(out _, stop.Token));
        stream.Dispose();
    }

    [Fact]
    public void A_camera_that_breaks_is_told()
    {
        using Broken stream = new();
        using StreamFeed feed = new(stream, dropsOld: true);
        Assert.Contains("unplugged", Assert.Throws<IOException>(() => feed.TryTake(out _, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_pictures_of_a_folder_come_once_and_those_that_were_there_do_not()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["old.jpg"], "old");
        using FolderFeed feed = new(folder.Path, message => Assert.Fail(message));
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
        using FolderFeed feed = new(folder.Path, message => Assert.Fail(message));
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
        using FolderFeed feed = new(folder.Path, message => Assert.Fail(message)) { Waits = Sign };
        Assert.Throws<OperationCanceledException>(() => feed.TryTake(out _, stop.Token));
        Assert.Equal(3, signs);
        using FakeCamera camera = new(folder.Path, TimeSpan.FromSeconds(2.5)) { Waits = () => signs++ };
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
        using FakeCamera camera = new(folder.Path, TimeSpan.Zero);
        Assert.Equal("a", Next(camera));
        File.Delete(folder["b.jpg"]);
        Assert.Equal(("c", "a"), (Next(camera), Next(camera)));
        Assert.Equal((3, 1), (camera.Frames, camera.Damaged));
        Assert.Equal(folder["a.jpg"], camera.Current);
        File.Delete(folder["a.jpg"]);
        File.Delete(folder["c.jpg"]);
        Assert.Contains("none of the 3 files", Assert.Throws<IOException>(() => Next(camera)).Message, StringComparison.Ordinal);
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
        SteadyAnswer steady = new(["a", "b"], new SteadyOptions { Frames = 3, MinConfidence = 0.55, Hysteresis = 0.3 });
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

    [Fact]
    public void Kept_pictures_stay_below_their_size_and_those_of_others_are_left_alone()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["mine.jpg"], "not counted");
        File.WriteAllText(folder["frame-20260101T000000.0000000Z-fire.json"], "not counted");
        DateTime time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        KeptFrames kept = new(folder.Path, maxBytes: 1000);
        for (int i = 0; i < 10; i++)
            kept.Keep(new byte[300], time.AddSeconds(i), "fire/../x");
        kept = new KeptFrames(folder.Path, maxBytes: 700);
        Assert.Equal(folder["frame-20260101T000011.0000000Z-fog.jpg"], kept.Keep(new byte[300], time.AddSeconds(11), "fog"));
        Assert.Equal(
            ["frame-20260101T000000.0000000Z-fire.json", "frame-20260101T000009.0000000Z-fire____x.jpg", "frame-20260101T000011.0000000Z-fog.jpg", "mine.jpg"],
            Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_kept_picture_has_the_ending_of_its_format()
    {
        using TemporaryFolder folder = new();
        KeptFrames kept = new(folder.Path, maxBytes: 1_000_000);
        Image picture = new(8, 8);
        Assert.EndsWith("-fire.png", kept.Keep(picture.EncodePng(), DateTime.UnixEpoch, "fire"), StringComparison.Ordinal);
        Assert.EndsWith("-fire.jpg", kept.Keep(picture.EncodeJpeg(), DateTime.UnixEpoch, "fire"), StringComparison.Ordinal);
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
