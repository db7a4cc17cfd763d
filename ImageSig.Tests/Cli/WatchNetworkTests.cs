using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Cli.Watch;
using ImageSig.Imaging;
using ImageSig.Tests.Support;
using ImageSig.Watching;

namespace ImageSig.Tests.Cli;

/// <summary>What <c>watch</c> takes from the network and tells it, on this machine's own loopback.</summary>
public class WatchNetworkTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const string Boundary = "--frame\r\nContent-Type: image/jpeg\r\n\r\n";
    private static readonly byte[][] Bright = [.. Enumerable.Range(0, 20).Select(i => SyntheticPhotos.Picture(new Random(i), 150).EncodeJpeg())];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_camera_that_breaks_off_is_opened_again_and_no_whole_picture_is_lost()
    {
        using Listener camera = new();
        using CancellationTokenSource end = new();
        byte[] whole = [.. Bright.SelectMany(frame => (byte[])[.. Encoding.ASCII.GetBytes(Boundary), .. frame])];
        int cut = whole.Length - (Bright[^1].Length / 2);
        string? request = null;
        int alive = 0;
        Sight sight = new();
        List<bool> seen = [];
        sight.Changed += () => seen.Add(sight.Sees);
        Thread serving = Serve(() =>
        {
            request = camera.Answer("HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n", whole[..cut]);
            camera.Answer("HTTP/1.0 200 OK\r\n\r\n", whole);
            camera.Take().Dispose();
            end.Cancel();
        });
        using StringWriter messages = new();
        using LastingStream stream = new(NetworkAddress.Parse($"http://me:pass@127.0.0.1:{camera.Port}/stream.mjpg", "http", 80)!, Silent(messages), sight, () => Interlocked.Increment(ref alive), end.Token);
        stream.Open();
        using MotionJpegReader reader = new(stream);
        List<byte[]> frames = [];
        while (reader.TryReadFrame(out ReadOnlySpan<byte> frame))
        {
            frames.Add(frame.ToArray());
            sight.Seen();
        }
        Assert.True(serving.Join(Patience));
        Assert.StartsWith("GET /stream.mjpg HTTP/1.0\r\nAuthorization: Basic bWU6cGFzcw==\r\n", request, StringComparison.Ordinal);
        Assert.Equal([.. Bright[..^1], .. Bright], frames);
        Assert.Equal(1, reader.Lost);
        Assert.Equal([true, false, true, false], seen);
        // It waited twice, and was opened again twice.
        Assert.InRange(alive, 4, 100);
        Assert.Contains("the stream has ended. It is tried again.", messages.ToString(), StringComparison.Ordinal);
        Assert.Contains("the stream is back.", messages.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("pass", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_picture_is_told_once_and_the_camera_is_opened_again()
    {
        using Listener camera = new();
        using CancellationTokenSource end = new();
        Thread serving = Serve(() =>
        {
            camera.Answer("HTTP/1.0 200 OK\r\n\r\n", new byte[11_000_000]);
            camera.Answer("HTTP/1.0 200 OK\r\n\r\n", new byte[11_000_000]);
            camera.Answer("HTTP/1.0 200 OK\r\n\r\n", Bright[0]);
        });
        using StringWriter messages = new();
        Terminal terminal = Silent(messages);
        using LastingStream stream = new(NetworkAddress.Parse($"http://127.0.0.1:{camera.Port}/", "http", 80)!, terminal, new Sight(), () => { }, end.Token);
        stream.Open();
        using StreamFeed feed = new(stream, dropsOld: true, "the camera", terminal.Complain);
        Assert.True(feed.TryTake(out ReadOnlySpan<byte> frame, end.Token));
        Assert.Equal(Bright[0], frame);
        Assert.True(serving.Join(Patience));
        end.Cancel();
        Assert.Equal(1, messages.ToString().Split("this does not look like motion JPEG").Length - 1);
    }

    [Fact]
    public void A_stream_that_ends_after_watching_was_stopped_is_not_tried_again()
    {
        using Listener camera = new();
        using CancellationTokenSource end = new();
        using StringWriter messages = new();
        using ManualResetEventSlim hasRead = new();
        Thread serving = Serve(() =>
        {
            using Socket socket = camera.Take();
            socket.Send("HTTP/1.0 200 OK\r\n\r\n!"u8);
            hasRead.Wait();
            // The reader waits for more by then; were it not so, it would find that out by itself.
            Thread.Sleep(200);
            end.Cancel();
        });
        using LastingStream stream = new(NetworkAddress.Parse($"http://127.0.0.1:{camera.Port}/", "http", 80)!, Silent(messages), new Sight(), () => { }, end.Token);
        stream.Open();
        Assert.Equal('!', stream.ReadByte());
        hasRead.Set();
        Assert.Equal(-1, stream.ReadByte());
        Assert.True(serving.Join(Patience));
        Assert.Equal("", messages.ToString());
    }

    [LinuxFact]
    public void Listeners_that_do_not_answer_hold_up_the_end_together_and_what_was_not_sent_is_told()
    {
        using TemporaryFolder folder = new();
        // Connections are made, and nobody answers.
        using Listener server = new(), broker = new();
        File.WriteAllText(folder["alarm.sh"], "#!/bin/sh\nexec sleep 60 > /dev/null 2>&1\n", new UTF8Encoding(false));
        using (Process allow = Process.Start("chmod", ["+x", folder["alarm.sh"]]))
            allow.WaitForExit();
        using Process watch = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                typeof(WatchCommand).Assembly.Location, "watch", "-m", trained.Model, "--fake", trained.Photos, "--fps", "100", "--accept-all", "--frames", "1", "--min-confidence", "0",
                "--run", folder["alarm.sh"], "--post", $"http://127.0.0.1:{server.Port}/", "--mqtt", $"mqtt://127.0.0.1:{broker.Port}",
            ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> messages = watch.StandardError.ReadToEndAsync();
        watch.StandardOutput.ReadLine();
        using (Process kill = Process.Start("kill", ["-TERM", $"{watch.Id}"]))
            kill.WaitForExit();
        Assert.True(watch.WaitForExit(Patience));
        // After ten seconds it would be ended from outside, with another code and without these words.
        Assert.Equal(ExitCode.Done, watch.ExitCode);
        Assert.Contains("changes that were not sent: ", messages.Result, StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_that_is_not_there_and_one_that_refuses_are_one_line_each()
    {
        using Listener camera = new();
        Thread serving = Serve(() => camera.Answer("HTTP/1.1 404 Not Found\r\n\r\n", []));
        Answer refused = Answer.To("watch", "-m", trained.Model, "--url", $"http://127.0.0.1:{camera.Port}/");
        Assert.Equal((ExitCode.Failed, $"imagesig: http://127.0.0.1:{camera.Port}/: the answer is 'HTTP/1.1 404 Not Found'.\n"), (refused.Code, refused.Messages));
        Assert.True(serving.Join(Patience));
        using DeafPort nobody = new();
        Answer absent = Answer.To("watch", "-m", trained.Model, "--url", $"http://127.0.0.1:{nobody.Port}/");
        Assert.Equal(ExitCode.Failed, absent.Code);
        Assert.StartsWith($"imagesig: http://127.0.0.1:{nobody.Port}/: ", Assert.Single(absent.MessageLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", "the answer is text/html, not pictures.")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "the answer comes as 'gzip, chunked', which was not asked for.")]
    public void What_is_no_stream_of_pictures_is_refused(string head, string message)
    {
        using Listener camera = new();
        Thread serving = Serve(() => camera.Answer(head, []));
        NetworkAddress address = NetworkAddress.Parse($"http://me:p%C3%A9ss@127.0.0.1:{camera.Port}/x?key=1", "http", 80)!;
        Assert.Equal(("me", "péss", "/x?key=1"), (address.User, address.Password, address.Path));
        Assert.Equal($"http://127.0.0.1:{camera.Port}/x: {message}", Assert.Throws<IOException>(() => Http.Get(address, CancellationToken.None)).Message);
        Assert.True(serving.Join(Patience));
    }

    [Fact]
    public void A_camera_that_sends_chunks_is_read()
    {
        using Listener camera = new();
        Thread serving = Serve(() => camera.Answer("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nTransfer-Encoding: Chunked\r\n\r\n", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"u8.ToArray()));
        using Stream content = Http.Get(NetworkAddress.Parse($"http://127.0.0.1:{camera.Port}/", "http", 80)!, CancellationToken.None);
        Assert.Equal("abcde", new StreamReader(content).ReadToEnd());
        Assert.True(serving.Join(Patience));
    }

    [Theory]
    [InlineData("http://home:gehéim@camera/x", "http")]
    [InlineData("mqtt://home:a%3Cb@broker", "mqtt")]
    public void A_password_is_in_no_message(string text, string scheme)
    {
        NetworkAddress address = NetworkAddress.Parse(text, scheme, 80)!;
        Assert.DoesNotContain("home", address.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@", address.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_silent_does_not_hold_up_the_end()
    {
        using Listener server = new();
        using StringWriter messages = new();
        Stopwatch time = new();
        using (ChangePost post = new(Silent(messages), NetworkAddress.Parse($"http://127.0.0.1:{server.Port}/", "http", 80)!))
        {
            post.Changed(Change("fire"));
            using Socket silent = server.Take();
            time.Start();
            post.Dispose();
        }
        // Five, and what a busy machine adds.
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 90);
        Assert.EndsWith("changes that were not sent: 1.\n", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_are_posted_in_order_and_one_that_fails_is_sent_again()
    {
        using Listener server = new();
        using StringWriter messages = new();
        List<string> requests = [];
        Thread serving = Serve(() =>
        {
            foreach (string status in new[] { "500 Broken", "200 OK", "204 No Content" })
                requests.Add(server.Answer($"HTTP/1.0 {status}\r\n\r\n", []));
        });
        using (ChangePost post = new(Silent(messages), NetworkAddress.Parse($"http://127.0.0.1:{server.Port}/alarm", "http", 80)!))
        {
            post.Changed(Change("fire"));
            post.Changed(Change("nofire"));
            Assert.True(serving.Join(Patience));
        }
        Assert.All(requests, request => Assert.StartsWith("POST /alarm HTTP/1.0\r\nContent-Type: application/json\r\n", request, StringComparison.Ordinal));
        Assert.Equal(["fire", "fire", "nofire"], requests.Select(request => JsonDocument.Parse(request[request.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("label").GetString()));
        Assert.Contains("the answer is 'HTTP/1.0 500 Broken'. It is tried again.", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_is_refused_is_given_up_and_one_that_comes_too_soon_is_not()
    {
        using Listener server = new();
        using StringWriter messages = new();
        List<string> requests = [];
        Thread serving = Serve(() =>
        {
            foreach (string status in new[] { "404 Not Found", "401 Unauthorized", "429 Too Many Requests", "200 OK", "410 Gone" })
                requests.Add(server.Answer($"HTTP/1.0 {status}\r\n\r\n", []));
        });
        string[] labels = ["fire", "smoke", "fog", "nofire"];
        using (ChangePost post = new(Silent(messages), NetworkAddress.Parse($"http://127.0.0.1:{server.Port}/alarm", "http", 80)!))
        {
            foreach (string label in labels)
                post.Changed(Change(label));
            Assert.True(serving.Join(Patience));
        }
        Assert.Equal(["fire", "smoke", "fog", "fog", "nofire"], requests.Select(request => JsonDocument.Parse(request[request.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("label").GetString()));
        string at = $"imagesig: http://127.0.0.1:{server.Port}/alarm:";
        Assert.Equal(
            [
                $"{at} the answer is 'HTTP/1.0 404 Not Found'. Changes that are refused are given up.",
                $"{at} the answer is 'HTTP/1.0 429 Too Many Requests'. It is tried again.",
                $"{at} changes are sent again; given up until now: 2.",
                $"{at} the answer is 'HTTP/1.0 410 Gone'. Changes that are refused are given up.",
                $"{at} changes that were not sent: 1.",
            ],
            messages.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("-o", "http://me:secret@host/model")]
    [InlineData("-ohttp://me:secret@host/model?a=b")]
    [InlineData("--output=http://me:secret@host/model")]
    public void An_address_that_is_taken_for_a_path_is_told_without_secrets(params string[] output)
    {
        Answer answer = Answer.To(["train", "nothing", .. output]);
        Assert.NotEqual(ExitCode.Done, answer.Code);
        Assert.Contains("…@host", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_is_sent_elsewhere_is_given_up_and_where_is_told_without_secrets()
    {
        using Listener server = new();
        using StringWriter messages = new();
        Thread serving = Serve(() => server.Answer("HTTP/1.0 301 Moved Permanently\r\nLocation: https://me:secret@127.0.0.1/new?key=7\r\n\r\n", []));
        using (ChangePost post = new(Silent(messages), NetworkAddress.Parse($"http://127.0.0.1:{server.Port}/alarm", "http", 80)!))
        {
            post.Changed(Change("fire"));
            Assert.True(serving.Join(Patience));
        }
        Assert.Equal(
            [
                $"imagesig: http://127.0.0.1:{server.Port}/alarm: the answer is 'HTTP/1.0 301 Moved Permanently', which leads to https://…@127.0.0.1/new…; give the address where it ends. Changes that are refused are given up.",
                $"imagesig: http://127.0.0.1:{server.Port}/alarm: changes that were not sent: 1.",
            ],
            messages.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void An_outage_is_one_line_of_each_kind_however_many_changes_there_are()
    {
        using StringWriter messages = new();
        using DeafPort nobody = new();
        string server = $"http://127.0.0.1:{nobody.Port}/";
        using (ChangePost post = new(Silent(messages), NetworkAddress.Parse(server, "http", 80)!))
            for (int i = 0; i < 130; i++)
                post.Changed(Change("fire"));
        string[] lines = messages.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Single(lines, $"imagesig: {server}: 100 changes wait to be sent. The oldest are given up.");
        Assert.Single(lines, line => line.EndsWith("It is tried again.", StringComparison.Ordinal));
        Assert.Equal((3, $"imagesig: {server}: changes that were not sent: 130."), (lines.Length, lines[^1]));
    }

    [ProgramFact("mosquitto_sub", "mosquitto-clients")]
    public void A_broker_knows_the_latest_label_after_it_was_started_anew()
    {
        int port = FreePort();
        using StringWriter messages = new();
        Process broker = Broker(port);
        Sight sight = new();
        try
        {
            using MqttAnnouncer announcer = new(Silent(messages), NetworkAddress.Parse($"mqtt://127.0.0.1:{port}", "mqtt", 1883)!, "house/cellar", ["/models/fire.safetensors", "/models/status.safetensors"], sight);
            Assert.Equal("offline", Message(port, "house/cellar/status"));
            sight.Seen();
            AwaitMessage("online", port, "house/cellar/status");
            announcer.Changed(Change("fire"));
            Assert.Equal("fire", JsonDocument.Parse(Message(port, "house/cellar/fire")).RootElement.GetProperty("label").GetString());
            sight.Lost();
            AwaitMessage("offline", port, "house/cellar/status");
            // A picture of before, that waited to be classified.
            sight.Seen();
            sight.Back();
            Thread.Sleep(500);
            Assert.Equal("offline", Message(port, "house/cellar/status"));
            sight.Seen();
            AwaitMessage("online", port, "house/cellar/status");
            // The name of a model is not taken for what the broker is told of the program.
            announcer.Changed(Change("good") with { Model = "/models/status.safetensors" });
            Assert.Equal("good", JsonDocument.Parse(Message(port, "house/cellar/status-2")).RootElement.GetProperty("label").GetString());
            Assert.Equal("online", Message(port, "house/cellar/status"));
            JsonElement sensor = JsonDocument.Parse(Message(port, "homeassistant/sensor/house_cellar_fire/config")).RootElement;
            Assert.Equal(("house/cellar/fire", "house_cellar_fire"), (sensor.GetProperty("state_topic").GetString(), sensor.GetProperty("unique_id").GetString()));
            broker.Kill();
            broker.WaitForExit();
            announcer.Changed(Change("smoke"));
            broker.Dispose();
            broker = Broker(port);
            Assert.Equal("smoke", JsonDocument.Parse(Message(port, "house/cellar/fire")).RootElement.GetProperty("label").GetString());
            AwaitMessage("online", port, "house/cellar/status");
            announcer.Dispose();
            Assert.Equal("offline", Message(port, "house/cellar/status"));
        }
        finally
        {
            broker.Kill();
            broker.Dispose();
        }
        Assert.Contains("The broker is tried again.", messages.ToString(), StringComparison.Ordinal);
        Assert.Contains("the broker is back.", messages.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(36, 5, null)]
    [InlineData(37, 0, 36)]
    [InlineData(37, 2, 36)]
    [InlineData(37, 3, 35)]
    [InlineData(90, 0, 36)]
    public void Home_Assistant_is_told_as_many_whole_attributes_as_it_takes(int attributes, int more, int? told)
    {
        // With commas between them 36 of these are 250 characters, and as many more as are asked for.
        string label = new string('a', more) + string.Join(", ", Enumerable.Range(10, attributes).Select(number => $"on {number}"));
        JsonElement change = JsonDocument.Parse(JsonMembers.Line(HomeAssistantJson.Of(Change(label)).Members)).RootElement;
        Assert.Equal(label, change.GetProperty("label").GetString());
        Assert.Equal(told is not null, change.TryGetProperty("state", out JsonElement state));
        if (told is { } count)
        {
            Assert.Equal(string.Join(", ", label.Split(", ").Take(count)) + ", …", state.GetString());
            Assert.InRange(state.GetString()!.Length, 1, 255);
        }
    }

    [Fact]
    public void A_label_of_one_long_name_is_cut_where_Home_Assistant_takes_no_more()
    {
        Assert.Null(HomeAssistantJson.Of(Change(new string('a', 255))).State);
        Assert.Equal(new string('a', 254) + "…", HomeAssistantJson.Of(Change(new string('a', 256))).State);
        Assert.Equal(new string('a', 253) + "…", HomeAssistantJson.Of(Change(new string('a', 253) + "😀bc")).State);
        Assert.Equal("{{ value_json.state | default(value_json.label) }}", JsonDocument.Parse(JsonMembers.Line(HomeAssistantJson.Of("t", "d", "m", "1"))).RootElement.GetProperty("value_template").GetString());
    }

    [ProgramFact("mosquitto_sub", "mosquitto-clients")]
    public void The_house_knows_when_the_camera_is_away_and_when_it_shows_something_again()
    {
        using Listener camera = new();
        int port = FreePort();
        using Process broker = Broker(port);
        using Process watch = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(WatchCommand).Assembly.Location, "watch", "-m", trained.Model, "--url", $"http://127.0.0.1:{camera.Port}/", "--mqtt", $"mqtt://127.0.0.1:{port}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            for (int time = 0; time < 2; time++)
            {
                using (Socket connection = camera.Take())
                {
                    connection.Send("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"u8);
                    AwaitMessage("offline", port, "imagesig/status");
                    connection.Send([.. Encoding.ASCII.GetBytes(Boundary), .. Bright[0], .. Encoding.ASCII.GetBytes(Boundary)]);
                    AwaitMessage("online", port, "imagesig/status");
                }
                AwaitMessage("offline", port, "imagesig/status");
            }
        }
        finally
        {
            watch.Kill();
            broker.Kill();
        }
    }

    [Fact]
    public void What_is_seen_is_told_once_and_nothing_is_seen_before_a_picture()
    {
        Sight sight = new();
        List<bool> told = [];
        sight.Changed += () => told.Add(sight.Sees);
        sight.Lost();
        sight.Back();
        Assert.Empty(told);
        sight.Seen();
        sight.Seen();
        sight.Back();
        Assert.Equal([true], told);
        sight.Lost();
        sight.Seen();
        sight.Back();
        Assert.Equal([true, false], told);
        sight.Seen();
        Assert.Equal([true, false, true], told);
    }

    [LinuxFact]
    public void A_service_manager_is_told_that_work_goes_on()
    {
        using TemporaryFolder folder = new();
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(folder["notify"]));
        manager.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        using (ServiceManager service = new(folder["notify"]))
        {
            service.Ready();
            service.Alive();
            service.Alive();
            service.Stopping();
        }
        byte[] state = new byte[100];
        Assert.Equal(["READY=1", "WATCHDOG=1", "STOPPING=1"], Enumerable.Range(0, 3).Select(_ => Encoding.ASCII.GetString(state, 0, manager.Receive(state))));
        using ServiceManager nobody = new(folder["nobody"]);
        nobody.Ready();
    }

    [Theory]
    [InlineData("07:00-19:30", "07:00", true)]
    [InlineData("07:00-19:30", "19:30", false)]
    [InlineData("07:00-19:30", "06:59", false)]
    [InlineData("22:00-05:00", "23:59", true)]
    [InlineData("22:00-05:00", "05:00", false)]
    public void Hours_of_the_day_may_go_over_midnight(string hours, string time, bool isIn)
    {
        string[] ends = hours.Split('-');
        Assert.Equal(isIn, new DailyHours(Time(ends[0]), Time(ends[1])).Contains(Time(time)));
    }

    [Fact]
    public void A_region_is_its_pixels()
    {
        Image image = new(10, 4);
        new Random(1).NextBytes(image.Pixels);
        Image part = new Region(0.2, 0.5, 0.3, 0.5).Of(image);
        Assert.Equal((3, 2), (part.Width, part.Height));
        for (int row = 0; row < 2; row++)
            Assert.Equal(image.Pixels.Slice(3 * (((2 + row) * 10) + 2), 9), part.Pixels.Slice(9 * row, 9));
        Image one = new Region(1, 1, 0.0001, 0.0001).Of(image);
        Assert.Equal(image.Pixels[^3..], one.Pixels);
    }

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    private static WatchJson Change(string label) => new("2026-01-31T12:00:00Z", "/models/fire.safetensors", label, 0.9, null, true, label, 0.9, 1, 0, 0, null, null);

    private static Terminal Silent(TextWriter messages) => new(TextWriter.Null, TextWriter.Synchronized(messages), isInteractive: false);

    private static Thread Serve(Action work)
    {
        Thread thread = new(() => work()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static int FreePort()
    {
        using Listener listener = new();
        return listener.Port;
    }

    private static Process Broker(int port)
    {
        string[] places = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto"];
        return Process.Start(new ProcessStartInfo(places.First(File.Exists), ["-p", $"{port}"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    /// <summary>The next message of a topic; a kept one comes at once.</summary>
    private static string Message(int port, string topic)
    {
        for (Stopwatch time = Stopwatch.StartNew(); time.Elapsed < Patience;)
        {
            ProcessStartInfo start = new("mosquitto_sub", ["-p", $"{port}", "-t", topic, "-C", "1", "-W", "5"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            string message = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (message.Length > 0)
                return message;
            Thread.Sleep(100);
        }
        return "no message came";
    }

    private static void AwaitMessage(string expected, int port, string topic)
    {
        string message = "";
        for (Stopwatch time = Stopwatch.StartNew(); message != expected && time.Elapsed < Patience;)
            message = Message(port, topic);
        Assert.Equal(expected, message);
    }

    /// <summary>A port at which nobody listens, and which is taken so that no other test can.</summary>
    private sealed class DeafPort : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public DeafPort() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

        public void Dispose() => socket.Dispose();
    }

    /// <summary>A server of one connection at a time.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Listener() => listener.Start();

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public Socket Take() => listener.AcceptSocket();

        /// <summary>Reads a request, answers it and closes.</summary>
        public string Answer(string head, byte[] content)
        {
            using Socket socket = Take();
            byte[] buffer = new byte[65536];
            string request = "";
            do
                request += Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
            while (!request.Contains("\r\n\r\n", StringComparison.Ordinal) || (request.StartsWith("POST", StringComparison.Ordinal) && !request.EndsWith('}')));
            socket.Send([.. Encoding.ASCII.GetBytes(head), .. content]);
            socket.Shutdown(SocketShutdown.Both);
            return request;
        }

        public void Dispose() => listener.Dispose();
    }
}
