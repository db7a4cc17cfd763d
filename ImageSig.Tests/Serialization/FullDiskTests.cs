using ImageSig.Imaging;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Serialization;

/// <summary>What writers leave behind and say when a disk is full, and after a kill.</summary>
public class FullDiskTests
{
    [Fact]
    public void A_full_disk_leaves_no_temporary_file_and_the_message_names_what_the_user_wrote()
    {
        using TemporaryFolder folder = new();
        IOException refused = Assert.Throws<IOException>(() =>
        {
            using NpyWriter<float> writer = new(folder["rows.npy"], temporary => new FullStream(temporary), 256);
            for (int row = 0; row < 100; row++)
                writer.Append(new float[256]);
            writer.Complete();
        });
        Assert.Equal($"cannot write {folder["rows.npy"]}: the disk is full. Nothing of this file was left behind; make room or write elsewhere.", refused.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [SmallDiskFact]
    public void A_real_full_disk_leaves_nothing_behind_either()
    {
        using TemporaryFolder folder = new();
        Assert.True(SmallDiskFactAttribute.Mount(folder.Path, 64));
        try
        {
            string path = folder["big.npy"];
            Assert.StartsWith($"cannot write {path}: the disk is full.", Assert.Throws<IOException>(() =>
            {
                using NpyWriter<double> writer = new(path, 1000);
                for (int row = 0; row < 100; row++)
                    writer.Append(new double[1000]);
                writer.Complete();
            }).Message, StringComparison.Ordinal);
            Assert.StartsWith($"cannot write {path}: the disk is full.",
                Assert.Throws<IOException>(() => NpyFile.Write<double>(path, new double[100_000], 100_000)).Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
        finally
        {
            SmallDiskFactAttribute.Unmount(folder.Path);
        }
    }

    [Fact]
    public void Every_writer_sweeps_what_a_killed_one_left_of_its_file()
    {
        const string Dead = "2147483646";
        Dictionary<string, Action<string>> writers = new()
        {
            ["a.png"] = path => new Image(1, 1).SavePng(path),
            ["a.jpg"] = path => new Image(1, 1).SaveJpeg(path),
            ["a.ppm"] = path => new Image(1, 1).SavePpm(path),
            ["a.npy"] = path => NpyFile.Write<float>(path, new float[1], 1),
            ["a.bin"] = path => AtomicFile.Write(path, stream => stream.WriteByte(1)),
        };
        foreach ((string name, Action<string> write) in writers)
        {
            using TemporaryFolder folder = new();
            File.WriteAllText(folder[$"{name}.{Dead}.tmp"], "left");
            File.WriteAllText(folder[$"{name}.{Dead}-0012abcd.tmp"], "left");
            File.WriteAllText(folder[$"b.{Dead}.tmp"], "another's");
            write(folder[name]);
            Assert.Equal([name, $"b.{Dead}.tmp"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            string missing = folder["no/such/" + name];
            Assert.StartsWith($"cannot write {missing}: ", Assert.ThrowsAny<IOException>(() => write(missing)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_killed_writer_leaves_in_a_folder_that_was_just_written_to_is_deleted_too()
    {
        using TemporaryFolder folder = new();
        Write();
        // No process has so high a number.
        string left = folder[$"a.bin.{int.MaxValue}-00000000.tmp"];
        File.WriteAllText(left, "half a file");
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Write();
                return !File.Exists(left);
            },
            TimeSpan.FromMinutes(2)));
        Assert.Equal("a.bin", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(folder.Path))));

        void Write() => AtomicFile.Write(folder["a.bin"], stream => stream.WriteByte(1), flush: false);
    }

    [Fact]
    public void Many_threads_may_write_one_path_and_one_of_them_is_the_last()
    {
        using TemporaryFolder folder = new();
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            byte[] whole = new byte[5000];
            Array.Fill(whole, (byte)number);
            AtomicFile.Write(folder["a.bin"], stream => stream.Write(whole), flush: false);
            NpyFile.Write<long>(folder["a.npy"], new long[number], number);
        });
        Assert.Single(File.ReadAllBytes(folder["a.bin"]).Distinct());
        Assert.NotNull(NpyFile.ReadHeader(folder["a.npy"]));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void What_a_killed_writer_left_is_swept_at_the_next_start_and_nothing_else()
    {
        const string Dead = "2147483646", OfTheFirstProcess = "1";
        using TemporaryFolder folder = new();
        string[] others = ["rows.npy", $"rows.npy.{OfTheFirstProcess}.tmp", "rows.npy.mine.tmp", $"other.npy.{Dead}.tmp"];
        foreach (string name in (string[])[.. others, $"rows.npy.{Dead}.tmp"])
            File.WriteAllText(folder[name], "left");
        using (NpyWriter<float> writer = new(folder["rows.npy"], 2))
            writer.Append([1, 2]);
        Assert.Equal(others.Order(StringComparer.Ordinal), Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Arrays_that_cannot_be_opened_are_refused_by_the_name_that_was_given()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("nosuch.npy: there is no such file.", Assert.Throws<FileNotFoundException>(() => NpyFile.Read<float>("nosuch.npy")).Message);
        Assert.Equal("nosuch/a.npy: there is no such file.", Assert.Throws<FileNotFoundException>(() => NpyFile.ReadHeader("nosuch/a.npy")).Message);
        Assert.Equal($"{folder.Path}: a folder; an array in a .npy file was expected.", Assert.Throws<IOException>(() => NpyFile.Read<float>(folder.Path)).Message);
    }

    /// <summary>A file on a disk that takes 10,000 bytes; like a real one, it fails again when closing writes what is left.</summary>
    private sealed class FullStream(string path) : FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None)
    {
        private long _written;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _written += buffer.Length;
            if (_written > 10_000)
                throw Full();
            base.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && _written > 10_000)
                throw Full();
        }

        private IOException Full() => new($"No space left on device : '{Name}'", 28);
    }
}
