using System.Buffers.Binary;
using System.Text;

namespace ImageSig.Cli.Watch;

/// <summary>A connection to an MQTT broker that publishes (version 3.1.1, quality of service 1: a message counts when the broker has acknowledged it).</summary>
internal sealed class MqttConnection : IDisposable
{
    private const int MostBytes = 1024;
    private const byte Connect = 0x10, ConnectAcknowledged = 0x20, PublishOnce = 0x32, PublishAcknowledged = 0x40, Ping = 0xC0, PingAnswered = 0xD0, Disconnect = 0xE0, Retained = 1;
    private const byte CleanSession = 0x02, Will = 0x04, WillIsRetained = 0x20, HasPassword = 0x40, HasUser = 0x80, Level = 4;

    private readonly Stream stream;
    private readonly string address;
    private readonly CancellationTokenRegistration stop;
    private ushort number;

    /// <summary>Connects.</summary>
    /// <param name="address">The broker.</param>
    /// <param name="client">The name of this client.</param>
    /// <param name="willTopic">Where the broker tells that the client is gone without farewell.</param>
    /// <param name="will">What it then says; kept.</param>
    /// <param name="keepAlive">The longest silence; <see cref="KeepAlive"/> is to be called more often.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">The broker is not there, or refuses.</exception>
    public MqttConnection(NetworkAddress address, string client, string willTopic, string will, TimeSpan keepAlive, CancellationToken cancellation)
    {
        this.address = address.Text;
        stream = address.Connect(cancellation);
        // Reading and writing do not see the token.
        stop = cancellation.Register(stream.Dispose);
        try
        {
            int flags = CleanSession | Will | WillIsRetained | (address.User is null ? 0 : HasUser | HasPassword);
            ushort seconds = (ushort)keepAlive.TotalSeconds;
            List<byte> body = [.. Text("MQTT"), Level, (byte)flags, (byte)(seconds >> 8), (byte)seconds, .. Text(client), .. Text(willTopic), .. Text(will)];
            if (address.User is not null)
                body.AddRange([.. Text(address.User), .. Text(address.Password)]);
            Send(Connect, [.. body]);
            byte[] answer = Await(ConnectAcknowledged);
            if (answer is not [_, 0])
                throw new IOException($"{this.address}: the broker refuses: {Refusal(answer)}.");
        }
        catch
        {
            stop.Dispose();
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Publishes a message that the broker keeps for those who come later, and waits until it has it.</summary>
    /// <exception cref="IOException">The connection is broken.</exception>
    public void Publish(string topic, string message)
    {
        number = (ushort)(number == ushort.MaxValue ? 1 : number + 1);
        byte[] own = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(own, number);
        Send(PublishOnce | Retained, [.. Text(topic), .. own, .. Encoding.UTF8.GetBytes(message)]);
        while (!Await(PublishAcknowledged).AsSpan().SequenceEqual(own))
        {
            // The acknowledgment of an earlier message.
        }
    }

    /// <summary>Tells the broker that the client is there, and learns the same of the broker.</summary>
    /// <exception cref="IOException">The connection is broken.</exception>
    public void KeepAlive()
    {
        Send(Ping, []);
        Await(PingAnswered);
    }

    /// <summary>Says farewell, and closes.</summary>
    public void Dispose()
    {
        try
        {
            Send(Disconnect, []);
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // It is closed in any case.
        }
        stop.Dispose();
        stream.Dispose();
    }

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    private void Send(int kind, byte[] body)
    {
        List<byte> packet = [(byte)kind];
        int left = body.Length;
        do
        {
            packet.Add((byte)((left & 0x7F) | (left > 0x7F ? 0x80 : 0)));
            left >>= 7;
        }
        while (left > 0);
        stream.Write([.. packet, .. body]);
    }

    /// <summary>The body of the next packet of a kind; others in between are passed over.</summary>
    private byte[] Await(byte kind)
    {
        while (true)
        {
            int head = Byte(), length = 0, shift = 0, part;
            do
            {
                part = Byte();
                length |= (part & 0x7F) << shift;
                shift += 7;
            }
            while ((part & 0x80) != 0 && shift < 28);
            // To one who only publishes a broker says a few bytes at a time.
            if (length > MostBytes)
                throw new IOException($"{address}: {length:N0} bytes came where a broker says a few; this is not MQTT.");
            byte[] body = new byte[length];
            stream.ReadExactly(body);
            if ((head & 0xF0) == kind)
                return body;
        }
    }

    private int Byte() => stream.ReadByte() is int next and >= 0 ? next : throw new IOException($"{address}: the broker has closed the connection.");

    private static string Refusal(byte[] answer) => answer is [_, var code] ? code switch
    {
        1 => "it does not speak MQTT 3.1.1",
        2 => "it does not take this client's name",
        3 => "it is not ready",
        4 => "user or password are wrong",
        5 => "this user may not connect",
        _ => $"code {code}",
    } : "it does not speak MQTT";
}
