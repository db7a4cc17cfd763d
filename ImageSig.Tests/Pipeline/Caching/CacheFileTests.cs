using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Caching;

public class CacheFileTests
{
    private static readonly CacheContent Content = new("numbers", "entries of this test", EntryBytes: 100);

    [Fact]
    public void What_was_added_is_found_by_whoever_opens_the_file_later()
    {
        using TemporaryFolder folder = new();
        Fill(folder, 0, 1000);
        using CacheFile file = Opened(folder);
        Assert.Equal(1000, file.Count);
        byte[] entry = new byte[100];
        for (uint key = 1; key <= 1000; key++)
        {
            Assert.True(file.TryRead(file.Find(key), entry));
            Assert.Equal(EntryOf(key), entry);
        }
        Assert.Equal(-1, file.Find(1001));
    }

    [Fact]
    public void The_data_are_the_entries_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        Fill(folder, 0, 3);
        Assert.Equal((byte[])[.. EntryOf(1), .. EntryOf(2), .. EntryOf(3)], File.ReadAllBytes(Only(folder, "data")));
    }

    [Fact]
    public void Two_that_add_to_one_file_each_find_what_the_other_added()
    {
        using TemporaryFolder folder = new();
        using CacheFile one = Opened(folder), other = Opened(folder);
        Parallel.Invoke(() => Add(one, 0, 300), () => Add(other, 150, 450), () => Add(one, 300, 600));
        using CacheFile later = Opened(folder);
        Assert.Equal(600, later.Count);
        Assert.All(Enumerable.Range(1, 600), key => Assert.True(later.IsWhole(later.Find((uint)key))));
    }

    [Fact]
    public void A_damaged_entry_is_not_given_and_added_anew()
    {
        using TemporaryFolder folder = new();
        Fill(folder, 0, 10);
        Change(Only(folder, "data"), at: 5 * 100 + 7);
        using CacheFile file = Opened(folder);
        Assert.False(file.IsWhole(file.Find(6)));
        Assert.All([1u, 5u, 7u, 10u], key => Assert.True(file.IsWhole(file.Find(key))));
        Add(file, 0, 10);
        Assert.Equal(11, file.Count);
        Assert.Equal(10, file.Find(6));
        using CacheFile later = Opened(folder);
        Assert.True(later.IsWhole(later.Find(6)));
    }

    [Theory]
    [InlineData("index", 4096 + 24 * 3 + 2)]
    [InlineData("index", 4096 + 24 * 3 + 22)]
    public void A_damaged_line_of_the_index_is_passed_over(string name, int at)
    {
        using TemporaryFolder folder = new();
        Fill(folder, 0, 10);
        Change(Only(folder, name), at);
        using CacheFile file = Opened(folder);
        Assert.Equal(-1, file.Find(4));
        Assert.All([1u, 3u, 5u, 10u], key => Assert.True(file.IsWhole(file.Find(key))));
    }

    /// <summary>What a process that was killed, or a power cut, leaves.</summary>
    [Theory]
    [InlineData("data", 50)]
    [InlineData("data", 0)]
    [InlineData("index", 4096 + 24 * 9 + 5)]
    [InlineData("index", 4096)]
    [InlineData("index", 2000)]
    [InlineData("index", 0)]
    public void A_file_that_ends_anywhere_is_filled_up_again(string name, int length)
    {
        using TemporaryFolder folder = new();
        Fill(folder, 0, 10);
        using (FileStream file = new(Only(folder, name), FileMode.Open))
            file.SetLength(length);
        Fill(folder, 0, 10);
        using CacheFile later = Opened(folder);
        byte[] entry = new byte[100];
        for (uint key = 1; key <= 10; key++)
        {
            Assert.True(later.TryRead(later.Find(key), entry), $"{key}");
            Assert.Equal(EntryOf(key), entry);
        }
    }

    [Fact]
    public void A_damaged_header_makes_the_file_begin_anew_also_for_who_has_it_open()
    {
        using TemporaryFolder folder = new();
        using CacheFile open = Opened(folder);
        Add(open, 0, 10);
        Change(Only(folder, "index"), at: 30);
        Fill(folder, 20, 25);
        Assert.False(open.IsWhole(open.Find(1)));
        Add(open, 0, 1);
        Assert.True(open.IsWhole(open.Find(1)) && open.IsWhole(open.Find(21)));
    }

    [Fact]
    public async Task Who_adds_waits_for_another_that_has_the_lock()
    {
        using TemporaryFolder folder = new();
        using CacheFile file = Opened(folder);
        Task adding;
        using (CacheLock.Take(folder.Path))
        {
            adding = Task.Run(() => Add(file, 0, 1));
            await Task.Delay(50);
            Assert.False(adding.IsCompleted);
        }
        await adding;
        Assert.Equal(1, file.Count);
    }

    [LinuxFact]
    public void A_lock_that_cannot_be_opened_is_told_at_once()
    {
        using TemporaryFolder folder = new();
        // A link to itself: like the file of a read-only disk there is one, and it is not held by anyone.
        File.CreateSymbolicLink(folder["lock"], folder["lock"]);
        using CacheFile file = Opened(folder);
        long start = Environment.TickCount64;
        Assert.DoesNotContain("another process", Assert.ThrowsAny<IOException>(() => Add(file, 0, 1)).Message, StringComparison.Ordinal);
        Assert.InRange(Environment.TickCount64 - start, 0, 10_000);
    }

    [Fact]
    public void Entries_of_another_meaning_are_in_another_file()
    {
        CacheContent other = Content with { Description = "entries of another test" };
        Assert.NotEqual(Content.FileName, other.FileName);
        Assert.Equal(Content, CacheHeader.Read(CacheHeader.Of(Content), Content.Name));
    }

    private static void Fill(TemporaryFolder folder, uint first, uint end)
    {
        using CacheFile file = Opened(folder);
        Add(file, first, end);
    }

    private static CacheFile Opened(TemporaryFolder folder)
    {
        CacheFile file = new(folder.Path, Content);
        file.Open();
        return file;
    }

    private static void Add(CacheFile file, uint first, uint end)
    {
        for (uint key = first + 1; key <= end; key++)
            file.Append(key, EntryOf(key));
    }

    private static byte[] EntryOf(uint key)
    {
        byte[] entry = new byte[100];
        new Random((int)key).NextBytes(entry);
        return entry;
    }

    private static string Only(TemporaryFolder folder, string extension) => Assert.Single(Directory.GetFiles(folder.Path, $"*.{extension}"));

    private static void Change(string path, int at)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 4;
        File.WriteAllBytes(path, bytes);
    }
}
