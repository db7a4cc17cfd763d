using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Imaging;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig image</c>: what an image file is, and the picture as training and prediction see it.</summary>
internal static class ImageCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = new("FILE") { Description = "Image file; 'imagesig help files' lists the formats" };
        Option<string> output = OptionKinds.Path("--output", "OUT.png|.jpg|.ppm", "Picture to write, in the format of its name", "-o");
        ViewArguments view = new();
        Option<string> augment = OptionKinds.Choice(
            "--augment", "Make an altered copy: " + string.Join(", ", AugmentationSet.Names), AugmentationSet.Names);
        augment.HelpName = "NAME";
        Option<ulong> seed = OptionKinds.Seed("What an augmentation leaves to chance [default: 0]");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object");
        ExampleCommand command = new(
            "image", "Shows what an image file is, and writes the picture as training and prediction see it.",
            "imagesig image camera.jpg",
            "imagesig image camera.jpg -m fire.safetensors -o seen.png",
            "imagesig image camera.jpg --size 64 --fit crop -o small.png",
            "imagesig image camera.jpg --size 64 --augment rotate --seed 7 -o turned.png")
        {
            file, output, augment, seed, json,
        };
        view.AddTo(command);
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(file);
            string? target = parse.GetValue(output);
            if (target is not null)
                PictureWriter.Check(target, path);
            if (parse.IsGiven(seed) && !parse.IsGiven(augment))
                throw new UsageException("--seed is what an augmentation leaves to chance; give --augment too.");
            (DecodeOptions decoding, ImageSize? size, ImageFit fit) = view.Read(parse);
            decoding = decoding with { CancellationToken = cancellation };
            string? name = parse.GetValue(augment);
            bool isSeen = target is not null || name is not null;
            ImageReader.Check(path);
            // Whatever its size, only what is asked for is kept of the picture: to say whether it is whole, nothing.
            Image picture = size is { } wanted ? Image.LoadFitted(path, wanted.Width, wanted.Height, fit, decoding)
                : isSeen ? Image.Load(path, decoding)
                : Image.LoadFitted(path, 1, 1, options: decoding);
            ImageInfo info = ImageInfo.Load(path, decoding);
            string? damage = picture.Damage ?? picture.Irregularity;
            if (name is not null)
                picture = AugmentationSet.Apply(name, picture, parse.GetValue(seed));
            if (target is not null)
                PictureWriter.Write(picture, target);

            SizeJson shown = size is null && !isSeen ? ImageJson.SizeOf(info, decoding) : new(picture.Width, picture.Height);
            ImageJson facts = ImageJson.Of(path, new FileInfo(path).Length, info, decoding, shown, damage, target);
            if (parse.GetValue(json))
                terminal.Results.WriteLine(JsonMembers.Line(facts.Members));
            else
                ImageTable.Write(terminal.Results, facts);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
