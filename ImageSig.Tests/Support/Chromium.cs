using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSig.Tests.Support;

/// <summary>A page in Debian's Chromium, without a window, driven by the DevTools protocol: commands are JSON over a WebSocket, each answered under its number; events come between the answers.
/// Playwright would do the same, and is 214 MB to fetch and 786 MB on the disk.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>Debian's package.</summary>
    public const string Program = "/usr/bin/chromium";

    // Nothing leaves this machine: no name resolves, and what the browser itself would like to know is switched off.
    private static readonly string[] Arguments =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-sync", "--disable-background-networking",
        "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars", "--remote-debugging-port=0",
    ];

    // Only so that a browser that hangs does not hang the tests; nothing depends on it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder profile;
    private readonly Process process;
    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> asked = new();
    private readonly ConcurrentQueue<string> requested = new();
    private readonly CancellationTokenSource ends = new();
    private Task receiving = Task.CompletedTask;
    private TaskCompletionSource loaded = new();
    private int number;
    private string? session;

    private Chromium(TemporaryFolder profile, Process process) => (this.profile, this.process) = (profile, process);

    /// <summary>Every address that the page has asked for since it was opened, its own first.</summary>
    public IReadOnlyList<string> Requested => [.. requested];

    /// <summary>Starts the browser, with an empty page.</summary>
    public static async Task<Chromium> Start()
    {
        TemporaryFolder profile = new();
        Process process = Process.Start(new ProcessStartInfo(Program, [.. Arguments, $"--user-data-dir={profile.Path}", "about:blank"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.BeginOutputReadLine();
        Chromium page = new(profile, process);
        try
        {
            await page.Connect().WaitAsync(Patience);
            return page;
        }
        catch
        {
            // No browser is left behind that nobody can close.
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file and waits until it is shown.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="scheme">What the reader's system is set to: light or dark.</param>
    public async Task Open(string path, int width, string scheme)
    {
        await Ask("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 800, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await Ask("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) });
        requested.Clear();
        loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Ask("Page.navigate", new() { ["url"] = new Uri(path).AbsoluteUri });
        await loaded.Task.WaitAsync(Patience);
    }

    /// <summary>The value of an expression in the page; of a promise what it comes to.</summary>
    public async Task<JsonNode> Value(string expression)
    {
        JsonNode answer = await Ask("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer["exceptionDetails"] is { } thrown ? throw new InvalidOperationException(thrown.ToJsonString()) : answer["result"]!["value"]!;
    }

    /// <summary>Presses a key and lets it go.</summary>
    /// <param name="key">Such as Tab or Enter.</param>
    /// <param name="code">Its number, as in Windows.</param>
    /// <param name="text">What it writes.</param>
    public async Task Press(string key, int code, string text = "")
    {
        await Ask("Input.dispatchKeyEvent", new() { ["type"] = "keyDown", ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code, ["text"] = text });
        await Ask("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
    }

    public async ValueTask DisposeAsync()
    {
        await ends.CancelAsync();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await receiving;
        socket.Dispose();
        process.Dispose();
        ends.Dispose();
        sending.Dispose();
        profile.Dispose();
    }

    private async Task Connect()
    {
        const string Beginning = "DevTools listening on ";
        List<string> told = [];
        string? line;
        do
        {
            line = await process.StandardError.ReadLineAsync() ?? throw new InvalidOperationException($"{Program} did not start: {string.Join('\n', told)}");
            told.Add(line);
        }
        while (!line.StartsWith(Beginning, StringComparison.Ordinal));
        // Read on, so that the browser never waits for a reader.
        _ = process.StandardError.ReadToEndAsync();
        await socket.ConnectAsync(new Uri(line[Beginning.Length..]), ends.Token);
        receiving = Task.Run(Receive);
        JsonNode target = await Ask("Target.createTarget", new() { ["url"] = "about:blank" });
        session = (string?)(await Ask("Target.attachToTarget", new() { ["targetId"] = target["targetId"]!.DeepClone(), ["flatten"] = true }))["sessionId"];
        await Ask("Page.enable", []);
        await Ask("Network.enable", []);
    }

    private async Task<JsonNode> Ask(string method, JsonObject parameters)
    {
        int id = Interlocked.Increment(ref number);
        TaskCompletionSource<JsonNode> answer = asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        JsonObject command = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
            command["sessionId"] = session;
        await sending.WaitAsync();
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, endOfMessage: true, ends.Token);
        sending.Release();
        return await answer.Task.WaitAsync(Patience);
    }

    private async Task Receive()
    {
        byte[] piece = new byte[1 << 16];
        try
        {
            while (true)
            {
                using MemoryStream message = new();
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(piece.AsMemory(), ends.Token);
                    message.Write(piece, 0, part.Count);
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                    throw new WebSocketException("the browser is gone");
                Take(JsonNode.Parse(message.ToArray())!);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            loaded.TrySetException(end);
            foreach (TaskCompletionSource<JsonNode> answer in asked.Values)
                answer.TrySetException(end);
        }
    }

    private void Take(JsonNode message)
    {
        if ((int?)message["id"] is { } id && asked.TryRemove(id, out TaskCompletionSource<JsonNode>? answer))
        {
            if (message["error"] is { } refusal)
                answer.SetException(new InvalidOperationException(refusal.ToJsonString()));
            else
                answer.SetResult(message["result"]!);
        }
        else if ((string?)message["method"] == "Network.requestWillBeSent")
        {
            requested.Enqueue((string)message["params"]!["request"]!["url"]!);
        }
        else if ((string?)message["method"] == "Page.loadEventFired")
        {
            loaded.TrySetResult();
        }
    }
}
