using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Watch;
using ImageSig.Imaging;
using ImageSig.Watching;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig watch</c>: a camera's pictures classified as they come, and a line when the answer changes.</summary>
internal static class WatchCommand
{
    private const int Megabyte = 1_000_000, DefaultMegabytes = 200, DefaultSeconds = 60;

    public static Command Create(Terminal terminal)
    {
        SteadyOptions defaults = new();
        Option<string[]> models = new("--model", "-m") { Description = "Model file; more than one may be given", HelpName = "MODEL", Required = true };
        Option<bool> stream = OptionKinds.Switch("--stdin-mjpeg", "Watch motion JPEG on standard input, as without any source");
        Option<PixelLayout?> raw = RawPicture.Option("--stdin-raw", "Watch raw pictures on standard input, without JPEG between camera and model");
        Option<string> folder = OptionKinds.Path("--dir", "DIR", "Watch a folder for new pictures, instead of motion JPEG on standard input");
        Option<string> fake = OptionKinds.Path("--fake", "DIR", "Play the pictures of a folder over and over, as a camera would send them");
        Option<NetworkAddress> url = NetworkAddress.Option(
            "--url", "http", 80, "Watch a motion JPEG stream of the network; when it breaks it is opened again", ", or for https: curl -sN URL | imagesig watch -m MODEL");
        Option<Region> region = Region.Option("--region", "Look at this part of each picture alone, in shares of it");
        Option<DailyHours?> hours = DailyHours.Option("--between", "Look in these hours of the day alone, by the local clock");
        Option<double> rate = OptionKinds.Number("--fps", Tensors.Bounds.Number(0.01, 1000), "Pictures a second with --fake [default: 5]");
        Option<int> frames = OptionKinds.Whole("--frames", SteadyOptions.FrameBounds, $"Pictures whose mean is the answer [default: {defaults.Frames}]");
        Option<double> confidence = OptionKinds.Number("--min-confidence", SteadyOptions.ShareBounds, "Mean probability that an answer needs [default: 0.6]");
        Option<double> hysteresis = OptionKinds.Number("--hysteresis", SteadyOptions.ShareBounds, "How much more probable than the present answer another must be [default: 0.1]");
        Option<bool> every = OptionKinds.Switch("--every-frame", "A line for every picture, not only for changes");
        Option<bool> all = OptionKinds.Switch("--no-drop", "Classify every picture, and let the camera wait, instead of the newest only");
        Option<bool> acceptAll = OptionKinds.Switch("--accept-all", "Take every picture for one of the model's classes, those too that are unlike all of them and else are 'unknown'");
        Option<string> run = OptionKinds.Path("--run", "PROGRAM", "Program to run on a change, with the arguments MODEL LABEL PREVIOUS and IMAGESIG_LABEL and others in its environment");
        Option<TimeSpan> runLimit = RunLimit();
        Option<NetworkAddress> post = NetworkAddress.Option("--post", "http", 80, "Send each change there, as JSON");
        Option<NetworkAddress> mqtt = NetworkAddress.Option("--mqtt", "mqtt", 1883, "Keep an MQTT broker informed, and Home Assistant through it", insteadOfPath: "--mqtt-topic");
        Option<string> topic = new("--mqtt-topic") { Description = $"What its topics begin with [default: {MqttAnnouncer.DefaultTopic}]", HelpName = "TOPIC" };
        Option<string> keep = OptionKinds.Path("--keep", "DIR", "Folder to keep hard pictures in: unknown, uncertain, or of a change");
        Option<int> megabytes = OptionKinds.Whole("--keep-megabytes", 1, Megabyte, $"Megabytes that they may take; beyond it the oldest go, those of a change last [default: {DefaultMegabytes}]");
        Option<int> seconds = OptionKinds.Whole(
            "--keep-every", 0, 86_400, $"Seconds in which of each model and label one hard picture is kept, the least certain, beside those of a change; 0 keeps all [default: {DefaultSeconds}]");
        ExampleCommand command = new(
            "watch", "Classifies a camera's pictures as they come; prints a JSON line when the answer changes.",
            "rpicam-vid -t 0 --codec mjpeg -o - | imagesig watch -m fire.safetensors",
            "rpicam-vid -t 0 --width 640 --height 480 --codec yuv420 -o - | imagesig watch -m fire.safetensors --stdin-raw yuvj420p,640x480",
            "imagesig watch -m fire.safetensors --dir /var/lib/camera --run ./alarm.sh",
            "imagesig watch -m fire.safetensors --url http://camera/stream.mjpg --mqtt mqtt://home:secret@broker --between 07:00-19:00",
            "imagesig watch -m fire.safetensors --fake photos --every-frame")
        {
            models, stream, raw, folder, url, fake, rate, region, hours, frames, confidence, hysteresis, every, all, acceptAll, run, runLimit, post, mqtt, topic, keep, megabytes, seconds,
        };
        command.SetAction((parse, cancellation) =>
        {
            string[] sources = [.. ((Option[])[stream, raw, folder, url, fake]).Where(parse.IsGiven).Select(source => source.Name)];
            if (sources is [string one, string other, ..])
                throw new UsageException($"{one} and {other} were given; pictures come from one of them.");
            bool isPiped = sources.Length == 0 || sources[0] == stream.Name || sources[0] == raw.Name;
            if (parse.IsGiven(topic) && parse.GetValue(mqtt) is null)
                throw new UsageException("--mqtt-topic was given without --mqtt.");
            if (parse.GetValue(topic) is { } begin && (begin.Trim('/').Length == 0 || begin.AsSpan().IndexOfAny('#', '+') >= 0))
                throw new UsageException($"--mqtt-topic is '{begin}'; it must be words with slashes between them, without # and +.");
            if (parse.IsGiven(rate) && parse.GetValue(fake) is null)
                throw new UsageException("--fps was given, and the camera decides that; it goes with --fake.");
            if (parse.IsGiven(runLimit) && parse.GetValue(run) is null)
                throw new UsageException("--run-limit was given without --run.");
            if (parse.GetValue(keep) is null && ((Option[])[megabytes, seconds]).FirstOrDefault(parse.IsGiven) is { } ofKept)
                throw new UsageException($"{ofKept.Name} was given without --keep.");
            if (isPiped && !Console.IsInputRedirected)
                throw new UsageException("pictures are awaited on standard input, which is this terminal; send a camera's stream there, as in 'imagesig watch --help', or name a source: --dir, --url or --fake.");
            SteadyOptions options = new()
            {
                Frames = parse.ValueOr(frames, defaults.Frames),
                MinConfidence = parse.ValueOr(confidence, defaults.MinConfidence),
                Hysteresis = parse.ValueOr(hysteresis, defaults.Hysteresis),
            };
            string[] paths = parse.GetRequiredValue(models);
            ClassifierSet classifiers = ClassifierSet.Load(paths);
            if (parse.GetValue(keep) is { } kept)
            {
                OutputPath.MakeFolder(kept);
                if (parse.GetValue(folder) is { } taken && OutputPath.AreOne(kept, taken))
                    throw new UsageException($"--keep and --dir are the same folder, {kept}; give the kept pictures one of their own.");
            }
            using ServiceManager manager = new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));
            Sight sight = new();
            using LastingStream? network = parse.GetValue(url) is { } camera ? new LastingStream(camera, terminal, sight, manager.Alive, cancellation) : null;
            network?.Open();
            using Stream input = network ?? (isPiped ? StandardInput.Open() : Stream.Null);
            DamagedFiles damagedFiles = new(terminal.Complain, TimeProvider.System);
            using FrameFeed feed = parse.GetValue(folder) is { } watched ? new FolderFeed(Existing(watched), terminal.Complain, damagedFiles) { Waits = manager.Alive }
                : parse.GetValue(fake) is { } played ? new FakeCamera(Existing(played), TimeSpan.FromSeconds(1 / parse.ValueOr(rate, 5)), damagedFiles) { Waits = manager.Alive }
                : new StreamFeed(input, dropsOld: !parse.GetValue(all), parse.GetValue(url)?.Text ?? "standard input", terminal.Complain, parse.GetValue(raw));
            using ChangeListeners listeners = new(
                parse.GetValue(run) is { } program ? new ChangeCommand(terminal, ChangeCommand.Find(program), parse.ValueOr(runLimit, ChangeCommand.DefaultLimit), cancellation) : null,
                parse.GetValue(post) is { } address ? new ChangePost(terminal, address) : null,
                parse.GetValue(mqtt) is { } broker ? new MqttAnnouncer(terminal, broker, parse.GetValue(topic) ?? MqttAnnouncer.DefaultTopic, paths, sight) : null);
            new WatchRun(terminal, paths, classifiers, options)
            {
                EveryFrame = parse.GetValue(every),
                AcceptAll = parse.GetValue(acceptAll),
                Listeners = listeners.All,
                Region = parse.GetValue(region),
                Hours = parse.GetValue(hours),
                Manager = manager,
                DamagedFiles = damagedFiles,
                Sight = sight,
                Kept = parse.GetValue(keep) is { } path
                    ? new HardFrames(
                        new KeptFrames(path, (long)Megabyte * parse.ValueOr(megabytes, DefaultMegabytes)) { Layout = feed.Layout },
                        TimeSpan.FromSeconds(parse.ValueOr(seconds, DefaultSeconds)), TimeProvider.System, terminal.Complain)
                    : null,
            }.Run(feed, cancellation);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Option<TimeSpan> RunLimit() => new("--run-limit")
    {
        Description = "How long a run of --run may take before it is ended, such as 90s or 1h [default: 10m]",
        HelpName = "10m",
        CustomParser = argument => Duration.Parse(OptionKinds.Only(argument)) is { } limit && limit <= TimeSpan.FromDays(1) ? limit
            : OptionKinds.Refuse<TimeSpan>(argument, "--run-limit", $"{Duration.Expected}, at most 24h"),
    };

    private static string Existing(string folder) => Directory.Exists(folder) ? folder
        : throw new DirectoryNotFoundException($"{folder}: {(File.Exists(folder) ? "this is a file; give a folder of pictures." : "no such folder.")}");
}
