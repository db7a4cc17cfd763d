using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Caching;

public class TemporaryEntriesTests
{
    [Fact]
    public void What_was_kept_is_read_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        using TemporaryEntries entries = TemporaryEntries.TryCreate(folder.Path, entryBytes: 5, count: 10)!;
        Assert.Equal(10, entries.Count);
        Assert.True(entries.TryWrite(7, "seven"u8) && entries.TryWrite(2, "two  "u8));
        byte[] entry = new byte[5];
        Assert.True(entries.TryRead(7, entry));
        Assert.Equal("seven"u8.ToArray(), entry);
        Assert.False(entries.TryRead(3, entry) || entries.TryRead(8, entry) || entries.TryRead(10, entry));
    }

    [Fact]
    public void Nobody_else_sees_the_file()
    {
        if (OperatingSystem.IsWindows())
            return;
        using TemporaryFolder folder = new();
        using TemporaryEntries entries = TemporaryEntries.TryCreate(folder.Path, entryBytes: 5, count: 1)!;
        entries.TryWrite(0, "alone"u8);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Where_no_file_can_be_made_there_is_none()
    {
        using TemporaryFolder folder = new();
        Assert.Null(TemporaryEntries.TryCreate(folder["nowhere"], 5, 10));
    }

    [SmallDiskFact]
    public void It_takes_half_of_the_free_disk_and_says_when_that_is_full_after_all()
    {
        using TemporaryFolder folder = new();
        Assert.True(SmallDiskFactAttribute.Mount(folder.Path, 64));
        try
        {
            using TemporaryEntries entries = TemporaryEntries.TryCreate(folder.Path, entryBytes: 4096, count: 100)!;
            Assert.InRange(entries.Count, 6, 8);
            File.WriteAllBytes(folder["other"], new byte[49_152]);
            byte[] entry = new byte[4096];
            bool[] kept = [.. Enumerable.Range(0, entries.Count).Select(place => entries.TryWrite(place, entry))];
            Assert.Contains(false, kept);
            Assert.All(Enumerable.Range(0, entries.Count), place => Assert.Equal(kept[place], entries.TryRead(place, entry)));
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder.Path);
        }
    }
}
