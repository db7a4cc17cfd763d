using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Watch;

/// <summary>Keeps an MQTT broker informed of each model's label, and Home Assistant of what there is to show. A broker that goes is waited for, and is then told the latest.</summary>
internal sealed class MqttAnnouncer : ChangeWorker
{
    /// <summary>What topics begin with unless told otherwise.</summary>
    public const string DefaultTopic = "imagesig";

    private const string Status = "status", Online = "online", Offline = "offline";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60), Pause = TimeSpan.FromSeconds(20);

    private readonly NetworkAddress broker;
    private readonly Terminal terminal;
    private readonly string topic;
    private readonly Sight sight;
    private readonly Dictionary<string, string> names = [];
    private readonly Dictionary<string, string> latest = [];
    private readonly HashSet<string> untold = [];

    /// <param name="terminal">Told when the broker goes and comes.</param>
    /// <param name="broker">Where it is.</param>
    /// <param name="topic">What all topics begin with: <c>TOPIC/MODEL</c> has the change as JSON, <c>TOPIC/status</c> says online or offline.</param>
    /// <param name="sight">Whether it is online: labels of what nobody sees any more are old ones.</param>
    /// <param name="models">The model files; each is called by its name without the ending, and a number where that is taken.</param>
    public MqttAnnouncer(Terminal terminal, NetworkAddress broker, string topic, IReadOnlyList<string> models, Sight sight)
    {
        (this.terminal, this.broker, this.topic, this.sight) = (terminal, broker, topic.Trim('/'), sight);
        foreach (string model in models.Distinct())
        {
            string plain = Plain(Path.GetFileNameWithoutExtension(model)), name = plain;
            for (int other = 2; name == Status || names.ContainsValue(name); other++)
                name = $"{plain}-{other}";
            names[model] = name;
        }
        sight.Changed += Wake;
        Start("mqtt");
    }

    public override void Changed(WatchJson change)
    {
        lock (Gate)
        {
            latest[change.Model] = JsonMembers.Line(HomeAssistantJson.Of(change).Members);
            untold.Add(change.Model);
            Monitor.PulseAll(Gate);
        }
    }

    protected override void Work()
    {
        Backoff backoff = new();
        bool isLost = false;
        while (true)
        {
            try
            {
                using MqttConnection connection = new(broker, $"{Plain(topic)}-{Environment.ProcessId}", $"{topic}/{Status}", Offline, KeepAlive, End);
                foreach (string name in names.Values)
                    connection.Publish($"homeassistant/sensor/{Plain(topic)}_{name}/config", JsonMembers.Line(HomeAssistantJson.Of(topic, Plain(topic), name, ProgramCommand.Version)));
                if (isLost)
                    terminal.Complain($"{broker.Text}: the broker is back.");
                isLost = false;
                backoff.Reset();
                lock (Gate)
                    untold.UnionWith(latest.Keys);
                if (Serve(connection))
                    return;
            }
            catch (Exception problem) when (problem is IOException or ObjectDisposedException)
            {
                if (End.IsCancellationRequested)
                    return;
                if (!isLost)
                    terminal.Complain($"{broker.Describe(problem).TrimEnd('.')}. The broker is tried again.");
                isLost = true;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            lock (Gate)
                if (IsClosing)
                    return;
            if (End.WaitHandle.WaitOne(backoff.Next()))
                return;
        }
    }

    private void Wake()
    {
        lock (Gate)
            Monitor.PulseAll(Gate);
    }

    /// <summary>Publishes changes as they come, and whether anything is seen, which comes after the labels that it is about.</summary>
    /// <returns>True at the end of the watch.</returns>
    private bool Serve(MqttConnection connection)
    {
        bool? told = null;
        while (true)
        {
            (string Model, string Change)[] now;
            bool closing, sees;
            lock (Gate)
            {
                if (untold.Count == 0 && !IsClosing && sight.Sees == told)
                    Monitor.Wait(Gate, Pause);
                now = [.. untold.Select(model => (model, latest[model]))];
                (closing, sees) = (IsClosing, sight.Sees && !IsClosing);
            }
            foreach ((string model, string change) in now)
            {
                connection.Publish($"{topic}/{names[model]}", change);
                lock (Gate)
                    if (latest[model] == change)
                        untold.Remove(model);
            }
            if (sees != told)
                connection.Publish($"{topic}/{Status}", sees ? Online : Offline);
            else if (now.Length == 0)
                connection.KeepAlive();
            told = sees;
            if (closing)
                return true;
        }
    }

    /// <summary>A word of letters and digits: topics and identifiers have other letters for purposes of their own.</summary>
    private static string Plain(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
}
