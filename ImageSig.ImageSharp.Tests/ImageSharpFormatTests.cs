using System.Diagnostics;
using ImageSig.Imaging;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Imaging;
using ImageSig.Tests.Support;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using Sharp = SixLabors.ImageSharp;

namespace ImageSig.ImageSharp.Tests;

/// <summary>Formats that ImageSharp reads for us.</summary>
public class ImageSharpFormatTests
{
    public ImageSharpFormatTests() => ImageSharpFormats.Register();

    public static TheoryData<string> Formats { get; } = [.. SmallPictures.Encoders.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_picture_is_read_by_content_level_for_level(string format)
    {
        Image picture = SmallPictures.Bands(37, 22);
        byte[] file = SmallPictures.Encode(picture, format);
        Assert.Equal(picture.Pixels, Image.Decode(file).Pixels);
        ImageInfo info = ImageInfo.Read(file);
        Assert.Equal((format, 37, 22, 1), (info.Format.Name, info.Width, info.Height, info.Orientation));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_the_header_declares_is_held_against_the_limit_before_it_is_decoded(string format)
    {
        byte[] file = SmallPictures.Encode(SmallPictures.Bands(37, 22), format);
        DecodeOptions narrow = new() { MaxPixels = 37 * 22 - 1 };
        string expected = $"{format}: the picture is declared as 37x22 pixels, the limit is 813 in all; save it with fewer pixels.";
        Assert.Equal(expected, Assert.Throws<ImageFormatException>(() => Image.Decode(file, narrow)).Message);
        Assert.Equal(expected, Assert.Throws<ImageFormatException>(() => ImageInfo.Read(file, narrow)).Message);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Cut_and_mutated_files_end_in_a_picture_or_in_one_line(string format)
    {
        byte[] file = SmallPictures.Encode(SmallPictures.Bands(37, 22), format);
        Random random = new(20261129);
        DecodeOptions small = new() { MaxPixels = 100_000 };
        for (int i = 0; i < 600; i++)
        {
            byte[] changed = i < 100 ? file[..random.Next(file.Length)] : [.. file];
            for (int changes = i < 100 ? 0 : random.Next(1, 5); changes > 0; changes--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            Exception? thrown = Record.Exception(() => Image.Decode(changed, small));
            Assert.True(thrown is null || thrown is ImageFormatException && !thrown.Message.Contains('\n', StringComparison.Ordinal), $"{format}, change {i}: {thrown}");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_stopped_decode_ends_as_stopped(string format)
    {
        byte[] file = SmallPictures.Encode(SmallPictures.Bands(37, 22), format);
        Assert.ThrowsAny<OperationCanceledException>(() => Image.Decode(file, new() { CancellationToken = new(canceled: true) }));
    }

    [Theory]
    [InlineData("WebP")]
    [InlineData("TIFF")]
    public void The_cameras_note_on_how_it_was_held_is_carried_out(string format)
    {
        Image picture = SmallPictures.Bands(20, 10);
        using Sharp.Image<Rgb24> noted = picture.ToImageSharp();
        ExifProfile notes = new();
        notes.SetValue(ExifTag.Orientation, (ushort)6);
        // WebP has them of the picture, TIFF of each page.
        (noted.Metadata.ExifProfile, noted.Frames.RootFrame.Metadata.ExifProfile) = (notes, notes);
        byte[] file = SmallPictures.Encode(noted, format);
        Image upright = Image.Decode(file);
        Assert.Equal((10, 20), (upright.Width, upright.Height));
        Assert.Equal(picture.Row(9)[..3], upright.Row(0)[..3]);
        Assert.Equal(picture.Pixels, Image.Decode(file, new() { ApplyOrientation = false }).Pixels);
    }

    [Fact]
    public void Of_an_animation_the_first_frame_is_taken()
    {
        Image first = SmallPictures.Bands(16, 16);
        using Sharp.Image<Rgb24> frames = first.ToImageSharp();
        using Sharp.Image<Rgb24> second = SmallPictures.Bands(16, 16, level: 120).ToImageSharp();
        frames.Frames.AddFrame(second.Frames.RootFrame);
        Assert.Equal(first.Pixels, Image.Decode(SmallPictures.Encode(frames, "GIF")).Pixels);
    }

    /// <summary>A strip of more rows than the picture has is all of it. Found by fuzzing: such a file of 351 bytes took seconds and hundreds of megabytes.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void A_TIFF_whose_strips_are_said_to_have_more_rows_than_the_picture_is_read(bool isLittle, bool isBig)
    {
        Image picture = SmallPictures.Bands(9, 5);
        foreach (uint rows in (uint[])[1, 4, 5, 6, 65_535, 352_321_541, int.MaxValue, int.MaxValue + 1u, uint.MaxValue])
            Assert.Equal(picture.Pixels, Image.Decode(SmallPictures.Tiff(picture, rows, isLittle, isBig)).Pixels);
    }

    [Fact]
    public void A_TIFF_of_more_rows_than_the_limit_is_refused_whatever_its_strips()
    {
        foreach (uint rows in (uint[])[5, 352_321_541, uint.MaxValue])
        {
            byte[] file = SmallPictures.Tiff(SmallPictures.Bands(9, 5), rows, isLittle: true, isBig: false, height: 352_321_541);
            Assert.Contains("352321541", Assert.Throws<ImageFormatException>(() => Image.Decode(file)).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>ImageSharp looks for a number that is not there; "Nullable object must have a value" helps nobody.</summary>
    [Fact]
    public void What_ImageSharp_stumbles_over_is_told_as_damage()
    {
        byte[] file = [.. "II"u8, 42, 0, 8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 9, 0, 0, 0, 1, 1, 3, 0, 1, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal("TIFF: ImageSharp's decoder failed; the file is damaged, or of a kind that is not read.", Assert.Throws<ImageFormatException>(() => Image.Decode(file)).Message);
        Assert.Throws<ImageFormatException>(() => ImageInfo.Read(file));
    }

    /// <summary>A thousand entries that say the same two thousand numbers of strips: their lengths, or where JPEGs begin.</summary>
    [Theory]
    [InlineData(279)]
    [InlineData(273)]
    public void A_TIFF_whose_entries_share_their_numbers_is_refused_before_they_are_looked_at_again_and_again(ushort tag)
    {
        const ushort Numbers = 8, Count = 2_000, Jpeg = Numbers + 2 * Count, Directory = Jpeg + 2, Entries = 1_000;
        List<byte> file = [.. "II"u8, 42, 0];
        AddLong(Directory);
        for (int i = 0; i < Count; i++)
            Add(Jpeg);
        file.AddRange([0xFF, 0xD8]);
        (ushort Tag, ushort Value)[] gray = [(256, 9), (257, 5), (258, 8), (259, 7), (262, 1), (277, 1)];
        Add((ushort)(gray.Length + Entries));
        foreach ((ushort name, ushort value) in gray)
            AddEntry(name, 1, value);
        for (int i = 0; i < Entries; i++)
            AddEntry(tag, Count, Numbers);
        AddLong(0);
        Assert.Contains("its entries say more than the file holds", Assert.Throws<ImageFormatException>(() => Image.Decode([.. file])).Message, StringComparison.Ordinal);

        void Add(ushort value) => file.AddRange([(byte)value, (byte)(value >> 8)]);

        void AddLong(ushort value)
        {
            Add(value);
            Add(0);
        }

        void AddEntry(ushort name, ushort count, ushort place)
        {
            Add(name);
            Add(3);
            AddLong(count);
            AddLong(place);
        }
    }

    [Fact]
    public void Transparency_is_laid_over_white()
    {
        using Sharp.Image<Rgba32> glass = new(2, 1);
        (glass[0, 0], glass[1, 0]) = (new(200, 100, 0, 128), new(9, 9, 9, 0));
        Image picture = Image.Decode(SmallPictures.Encode(glass, "WebP"));
        Assert.Equal([227, 177, 127, 255, 255, 255], picture.Pixels.ToArray());
    }

    [Fact]
    public void Pictures_of_ImageSharp_become_ours_and_go_back()
    {
        Image picture = SmallPictures.Bands(7, 5);
        using Sharp.Image<Rgb24> there = picture.ToImageSharp();
        Assert.Equal(picture.Pixels, there.ToImageSig().Pixels);
        using Sharp.Image<Rgba32> opaque = there.CloneAs<Rgba32>();
        Assert.Equal(picture.Pixels, opaque.ToImageSig().Pixels);
    }

    [Fact]
    public void Text_zeros_and_other_formats_are_not_guessed_to_be_TGA()
    {
        foreach (byte[] file in new[] { "Dear Sir or Madam, this is a letter."u8.ToArray(), new byte[100], "....ftypheic...............\0\0\0"u8.ToArray(), [0, 0, 2, 0] })
            Assert.Null(ImageFormats.Recognize(file));
        Assert.Null(ImageFormats.NameOf(SmallPictures.Encode(SmallPictures.Bands(8, 8), "TGA")));
    }

    [Fact]
    public void Train_evaluate_predict_and_image_read_them()
    {
        using TemporaryFolder folder = new();
        string[] formats = [.. SmallPictures.Encoders.Keys];
        foreach ((string name, int level) in new[] { ("dark", 0), ("bright", 140) })
        {
            Directory.CreateDirectory(Path.Combine(folder["photos"], name));
            for (int number = 0; number < 16; number++)
                File.WriteAllBytes(Path.Combine(folder["photos"], name, $"{number:D2}"), SmallPictures.Encode(SmallPictures.Bands(30 + number, 40, level), formats[number % 4]));
        }
        string model = folder["model.safetensors"];
        Answer training = Answer.To("train", folder["photos"], "-o", model, "--image-size", "20", "--depth", "2", "--epochs", "3", "--batch-size", "8", "--validation", "0.2");
        Assert.True(training.Code == 0, training.Messages);
        Answer evaluation = Answer.To("evaluate", model, folder["photos"], "--json", "--quiet");
        Assert.True(evaluation.Code == 0, evaluation.Messages);
        for (int number = 0; number < 4; number++)
        {
            string file = Path.Combine(folder["photos"], "bright", $"{number:D2}");
            Assert.Contains("\"label\":", Answer.To("predict", "-m", model, file, "--json").Results, StringComparison.Ordinal);
            Assert.Contains($"\"format\":\"{formats[number]}\"", Answer.To("image", file, "--json").Results, StringComparison.Ordinal);
        }
    }

    /// <summary>Found by fuzzing: the first two are TIFFs whose strips are JPEGs that begin where the TIFF does, which ended the process by a full stack; the third has a strip of 88 million bytes in 329.</summary>
    [Theory]
    [InlineData("its strips are said to be JPEGs, and are none", "SUkqAI8AAAAAAEBAgIDAAABAQIDAwAAAQECAwLEAAECAgMDAAEBAgIDAAABAQICAwAAAQECAwMAAAECAgMDAAEBAgIDAwABAQICBwAAAQECAgMAAAEBAgMDAAABAgIDAwABAv4CAwAAAQECAgMAAAEBAgMDAAABAgIDAwAAAQICAwMAAQECAgMAAAEBAgIAOAAABBAABAAAACQAAAAEBBAABAAAA+gAAAAIBAwADAAAAPQEAAAMBAwABAAAABwAAEAYBAwABAAAAAgAAABEBBAABAACAAAAAABUBBAABAAAAAwAAABYBBAABAAAABQAAABcBBAABAAAAhwAAABoBBQABAAAAQwEAABsBBQABAAAASwEAABwBAwABAAAAAQAAACgBAwABAAAAAgAAADEBAgALAAAAUwEAAAAAAAAIAAgACABgAAAAAQAAAGAAAAABAAAASW1hZ2VTgICAgICAgICAgICAgICAgICAgGhhcnAAAA==")]
    [InlineData("its strips are said to be JPEGs, and are none", "SUkqAI8AAAAAAEBAgIDAAABAQIDAwAAAQECAwLEAAECAgMDAAEBAgIDAAABAQICAwAAAQECAwMAAAECAgMDAAEBAgIDAwABAQICAwAAAQECAgMAAAEBAgMDAAABAgIDAwABAv4CAwAAGQECAgMAAAEBAgMDAAABAgIDAwAAAQICAwMAAQECAgMAAAEBAgIAOAAABBAABAAAACQAAAAEBBAABAAAA+gAAAAIBAwADAAAAPQEAAAMBAwABAAAABwAAAAYBAwABAAAAAgAAABEBBAABAAAAAAAAABUBBAABAAAAAwAAABYBBAABAAAABQAAABcBBAABAAAAhwAAAAkBBQABAAAAQwEAABsBBQABAAAASwEAABwBAwABAAAAAQAAACgBAwABAAAAAgAAAEUBAgALAAAAUwEAAAAAAAAIAAgACABgAAAAAQAAAGAAAAABAAAASW1hZ2VTaGFycAAA")]
    [InlineData("", "SUkqAI8AAAAAAJdAQAAAAABAQIDAwBEAQECAwMAAAECAgMDAAEBAgIDAAABAQICAwAAAQDSAwMAAAECAgMDAAEBAgIDAwABAQICAwAAAQECAgMAAHEBAiMDAAABAgIDAwACAQICAwAAAQECAl0BAAAAAAEBAgMDAEQBAQIDAwAAAQICAwMCAgMAAAEBAgIAOAAABBAABAAAAEAAAAAEBBAABAAAABQAAAAIBAwADAAAAQwEAAAMBAwABAAAAAgAAAAYBAwABAAAAAgAAABEBBAABAAAACACAABUBBAABAAAAAwAAABYA9gABAAAA/wAFABcBBAABAAAAAABABQABsQAAQwEAABsBBQABAAAASwEAABwBAwoBAAAAAQAAACgBAwABABoAAgAAADEBAgASEhISEhISEhISEhISEhISEhISbWFnZVNoYXI=")]
    public void A_TIFF_that_is_its_own_strip_is_refused_and_a_strip_ends_with_the_file(string message, string file)
    {
        Stopwatch time = Stopwatch.StartNew();
        try
        {
            Image.Decode(Convert.FromBase64String(file));
            Assert.Equal("", message);
        }
        catch (ImageFormatException problem)
        {
            Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        }
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 10);
    }

    [ProgramFact("convert", "imagemagick")]
    public void A_TIFF_of_JPEG_strips_is_read()
    {
        Image picture = SmallPictures.Bands(37, 22);
        byte[] file = OutsideProgram.Run("convert", "ppm:- -compress JPEG -quality 100 tiff:-", picture.EncodePpm());
        Assert.Equal((37, 22), (Image.Decode(file).Width, Image.Decode(file).Height));
    }

    [ProgramFact("convert", "imagemagick")]
    public void Files_of_ImageMagick_are_read_level_for_level()
    {
        Image picture = SmallPictures.Bands(37, 22);
        // Without being told, this ImageMagick writes a TGA's top row first and notes that it is the bottom one.
        foreach (string format in new[] { "gif", "tiff", "tga" })
            Assert.True(picture.Pixels.SequenceEqual(Image.Decode(OutsideProgram.Run("convert", $"ppm:- -orient TopLeft {format}:-", picture.EncodePpm())).Pixels), format);
    }
}
