using System.Text;
using ImageSig.Imaging;
using ImageSig.Tensors;
using ImageSig.Tests.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Files that are not pictures, mutated by the thousand and crafted: each is read or refused in one of the documented ways, within a second and 64 MB.</summary>
public class MutatedFileTests
{
    private const int Mutations = 1000;

    [Fact]
    public void Mutated_models_are_read_or_refused_in_one_line()
    {
        string[] models = Directory.GetFiles(Path.Combine(Folders.Repository, "ImageSig.Tests", "Pipeline", "ModelsOfVersion1"), "*.safetensors");
        byte[][] files = [.. models.Select(File.ReadAllBytes)];
        for (int i = 0; i < Mutations; i++)
        {
            byte[] file = Mutation.Of(Damage(files[i % files.Length], new Random(i)), new Random(i));
            // Half of them with a checksum that fits, so that what stands behind it is looked at.
            if (i % 2 == 0)
                _ = Record.Exception(() => Checksum.Stamp(file));
            AssertCheap($"mutation {i} of {Path.GetFileName(models[i % files.Length])}", thrown => thrown is ModelFileException, () => ImageClassifier.Load(new MemoryStream(file)));
        }
    }

    [Fact]
    public void Mutated_and_crafted_arrays_are_read_or_refused_in_one_line()
    {
        using TemporaryFolder folder = new();
        string path = folder["a.npy"];
        NpyFile.Write<float>(path, new float[24], 2, 3, 4);
        byte[] honest = File.ReadAllBytes(path);
        byte[] turned = [.. Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(honest).Replace("<f4", ">i4", StringComparison.Ordinal).Replace("False", "True ", StringComparison.Ordinal))];
        for (int i = 0; i < Mutations; i++)
            AssertRead($"mutation {i}", Mutation.Of(i % 2 == 0 ? honest : turned, new Random(i)));
        foreach (string shape in new[] { "(2147483647,)", "(2147483647, 2147483647, 2147483647,)", "(0, 2147483647,)", "(" + new string('1', 900) + ",)", "(" + string.Concat(Enumerable.Repeat("1, ", 300)) + ")", "(" + string.Concat(Enumerable.Repeat("0, ", 300)) + ")" })
            AssertRead(shape[..Math.Min(40, shape.Length)], WithHeader($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"));
        AssertRead("many axes of one element", [.. WithHeader($"{{'descr': '|u1', 'fortran_order': True, 'shape': ({string.Concat(Enumerable.Repeat("1,", 500_000))}65536,)}}"), .. new byte[1 << 16]]);
        AssertRead("a long header", WithHeader(new string('x', 1 << 20)));

        void AssertRead(string what, byte[] file)
        {
            File.WriteAllBytes(path, file);
            AssertCheap(what, thrown => thrown is InvalidDataException or IOException, () => NpyFile.Read<double>(path));
        }
    }

    [Fact]
    public void Mutated_streams_of_pictures_give_the_pictures_that_are_whole()
    {
        byte[] stream = [.. Enumerable.Range(0, 4).SelectMany(seed => Pictures.Photograph(40, 30, seed).EncodeJpeg())];
        for (int i = 0; i < Mutations; i++)
        {
            byte[] file = Mutation.Of(stream, new Random(i));
            AssertCheap($"mutation {i}", _ => false, () =>
            {
                MotionJpegReader.IsMotionJpeg(new MemoryStream(file));
                using MotionJpegReader reader = new(new MemoryStream(file));
                while (reader.Next(new() { MaxPixels = 1_000_000 }) is not null)
                {
                }
            });
        }
    }

    private static void AssertCheap(string what, Func<Exception, bool> isDocumented, Action work)
    {
        Cost cost = Cost.Of(work);
        Assert.True((cost.Thrown is null || isDocumented(cost.Thrown)) && cost.Bytes < 64 << 20 && cost.Time.TotalSeconds < 1, $"{what}: {cost}");
        Assert.DoesNotContain('\n', cost.Thrown?.Message ?? "");
    }

    /// <summary>Changes one number of a model's JSON, sometimes.</summary>
    private static byte[] Damage(byte[] file, Random random)
    {
        byte[] changed = [.. file];
        int header = BitConverter.ToInt32(file);
        for (int tries = 0; tries < 200; tries++)
        {
            int at = 8 + random.Next(Math.Min(header, file.Length - 8));
            if (changed[at] is < (byte)'0' or > (byte)'9')
                continue;
            changed[at] = (byte)('0' + random.Next(10));
            break;
        }
        return changed;
    }

    private static byte[] WithHeader(string text) =>
        [0x93, .. "NUMPY"u8, 2, 0, .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];
}
