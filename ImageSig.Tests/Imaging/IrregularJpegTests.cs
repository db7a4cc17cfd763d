using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>JPEG files that are not as the standard wants them, and whole all the same: only lost blocks are damage.</summary>
public class IrregularJpegTests
{
    private static readonly DecodeOptions Strict = new() { Strict = true };
    private static readonly byte[][] Files = [.. Samples.Jpegs.Where(sample => sample.Name is "420" or "444" or "gray" or "restart-1" or "progressive-420").Select(sample => sample.File)];

    /// <summary>What a phone may write behind a picture: text, markers, a second picture's headers.</summary>
    private static readonly byte[][] Trailers =
    [
        [0], [0xFF], [0xFF, 0xFF], [1, 2, 3], [.. "\0\0\0\u0018ftypmp42"u8], [0xFF, 0xC0, 0, 5, 1, 2, 3, 0xFF, 0xD8, 0xFF, 0xDB, 0, 3, 9],
        [0xFF, 0xC4, 0, 9, 1, 2, 3], [0xFF, 0xDA, 0, 2], [0xFF, 0xE1, 0xFF, 0xFF], [.. OrientationTests.WithOrientation(Samples.Png, 6, little: true)],
    ];

    [ProgramFact("djpeg", "libjpeg-turbo-progs")]
    public void Whole_pictures_are_read_as_djpeg_reads_them()
    {
        foreach (string name in new[] { "noeoi", "scan_trail", "no_eoi_then_ftyp", "com_len0", "app5_len0", "dup_ids_111" })
        {
            byte[] file = Case(name + ".jpg");
            Assert.Equal(Pictures.FromPnm(OutsideProgram.Run("djpeg", "-dct int", file, warns: true)).Pixels, Image.Decode(file, Strict).Pixels);
        }
        Assert.Equal(Image.Decode(Case("com_len0.jpg")).Pixels, Image.Decode(Case("dup_ids_111.jpg"), Strict).Pixels);
    }

    [Fact]
    public void Frame_headers_in_a_trailer_are_no_second_picture()
    {
        Image whole = Image.Decode(Case("no_eoi_then_trailer_sof.jpg"), Strict);
        Assert.Equal(Image.Decode(Case("no_eoi_then_ftyp.jpg")).Pixels, whole.Pixels);
        Assert.Equal((64, 48), (whole.Width, whole.Height));
        Assert.NotNull(whole.Irregularity);
    }

    [Fact]
    public void A_missing_end_marker_is_no_loss()
    {
        foreach (byte[] file in Files)
            AssertWholeAndNoted(file, file[..^2]);
    }

    [Fact]
    public void Stray_bytes_and_trailers_behind_the_scan_are_no_loss()
    {
        foreach (byte[] file in Files)
            foreach (byte[] trailer in Trailers)
            {
                Assert.Equal(Image.Decode(file).Pixels, Image.Decode([.. file, .. trailer], Strict).Pixels);
                Assert.Equal(Image.Decode(file).Pixels, Image.Decode([.. file[..^2], .. trailer], Strict).Pixels);
                Assert.Equal(Image.Decode(file).Pixels, Image.Decode([.. file[..^2], .. trailer, 0xFF, 0xD9], Strict).Pixels);
            }
    }

    [Fact]
    public void Stray_bytes_and_fill_bytes_before_a_marker_are_passed_over()
    {
        foreach (byte[] file in Files)
        {
            int tables = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xDB]);
            foreach (byte[] stray in new byte[][] { [0xFF], [0xFF, 0xFF, 0xFF], [0], [1, 2, 3, 4] })
                Assert.Equal(Image.Decode(file).Pixels, Image.Decode([.. file[..tables], .. stray, .. file[tables..]], Strict).Pixels);
        }
    }

    [Fact]
    public void Comments_and_application_segments_of_length_0_and_1_hold_nothing()
    {
        foreach (byte[] file in Files)
            foreach (byte marker in new byte[] { 0xFE, 0xE1, 0xE5, 0xED, 0xEE, 0xEF })
                foreach (byte length in new byte[] { 0, 1 })
                    Assert.Equal(Image.Decode(file).Pixels, Image.Decode([0xFF, 0xD8, 0xFF, marker, 0, length, .. file.AsSpan(2)], Strict).Pixels);
    }

    [Fact]
    public void A_table_of_length_0_is_damage() =>
        Assert.Contains("declares 0 bytes", Assert.Throws<ImageFormatException>(() => Image.Decode([0xFF, 0xD8, 0xFF, 0xDB, 0, 0, .. Files[0].AsSpan(2)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Lost_blocks_are_damage_whatever_stands_behind_them()
    {
        foreach (byte[] file in Files)
        {
            int start = file.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xDA]);
            byte[] cut = file[..((start + file.Length) / 2)];
            foreach (byte[] end in new byte[][] { [], [0xFF, 0xD9], [0xFF, 0xD8, 0xFF, 0xC0, 0, 3, 1] })
                Assert.Throws<ImageFormatException>(() => Image.Decode([.. cut, .. end], Strict));
        }
    }

    [Fact]
    public void A_progressive_file_whose_detail_never_comes_is_flagged_as_incomplete()
    {
        byte[] file = Case("progressive_dc_only.jpg");
        Assert.Contains("incomplete", Image.Decode(file, Strict).Irregularity, StringComparison.Ordinal);
        Assert.Null(Image.Decode(file, Strict).Damage);
        // Without an end marker it is not what its writer meant, but cut.
        Assert.Contains("truncated", Assert.Throws<ImageFormatException>(() => Image.Decode(file.AsSpan(0, file.Length - 2), Strict)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_progressive_file_cut_between_or_within_its_scans_is_damaged_at_every_scale()
    {
        byte[] file = Samples.Jpegs.First(sample => sample.Name == "progressive-420").File;
        int first = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]);
        foreach (int scale in new[] { 1, 2, 4, 8 })
            for (int length = first + 40; length < file.Length - 2; length += 3)
                Assert.True(
                    Record.Exception(() => Image.Decode(file.AsSpan(0, length), new() { Strict = true, Scale = scale })) is ImageFormatException, $"1/{scale}, {length} of {file.Length} bytes");
    }

    [Fact]
    public void The_first_of_two_notes_of_the_orientation_counts_and_none_from_behind_the_scan()
    {
        byte[] file = Samples.Jpegs.First(sample => sample.Name == "420").File;
        byte[] twice = OrientationTests.WithOrientation(OrientationTests.WithOrientation(file, 3, little: true), 6, little: false);
        Assert.Equal(Image.Decode(OrientationTests.WithOrientation(file, 6, little: true)).Pixels, Image.Decode(twice).Pixels);
        Assert.Equal(6, ImageInfo.Read(twice).Orientation);
        byte[] behind = Case("exif_after_scan.jpg");
        Assert.Equal((24, 16, 1), (Image.Decode(behind).Width, Image.Decode(behind).Height, ImageInfo.Read(behind).Orientation));
    }

    [Fact]
    public void The_orientation_may_be_a_number_of_any_width_and_byte_order()
    {
        Image seen = Image.Decode(Case("exif_long_be.jpg"));
        Assert.Equal((16, 24), (seen.Width, seen.Height));
        byte[] file = OrientationTests.WithOrientation(Samples.Jpegs.First(sample => sample.Name == "420").File, 6, little: true);
        foreach (byte type in new byte[] { 1, 3, 4, 6, 8, 9 })
        {
            byte[] other = [.. file];
            other[12 + 8 + 4] = type;
            Assert.Equal(Image.Decode(file).Pixels, Image.Decode(other).Pixels);
        }
    }

    [Fact]
    public void Notes_between_the_frame_and_the_scan_turn_the_picture_that_is_scaled()
    {
        byte[] file = Samples.Jpegs.First(sample => sample.Name == "420").File;
        byte[] noted = OrientationTests.WithOrientation(file, 6, little: true);
        byte[] note = noted[2..(noted.Length - file.Length + 2)];
        int scan = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]);
        DecodeOptions options = new() { NeededSize = (6, 9) };
        Assert.Equal(Image.Decode(noted, options).Pixels, Image.Decode([.. file[..scan], .. note, .. file[scan..]], options).Pixels);
    }

    [Fact]
    public void A_height_that_is_to_come_behind_the_scan_is_refused_by_name() =>
        Assert.Contains("(DNL), which is not supported", Assert.Throws<ImageFormatException>(() => Image.Decode(Case("dnl_height0.jpg"))).Message, StringComparison.Ordinal);

    internal static byte[] Case(string name) => File.ReadAllBytes(Path.Combine(Folders.Repository, "ImageSig.Tests", "Imaging", "Cases", name));

    private static void AssertWholeAndNoted(byte[] file, byte[] changed)
    {
        Image whole = Image.Decode(changed, Strict);
        Assert.Equal(Image.Decode(file).Pixels, whole.Pixels);
        Assert.NotNull(whole.Irregularity);
        Assert.Null(whole.Damage);
        Assert.Null(Image.Decode(file).Irregularity);
    }
}
