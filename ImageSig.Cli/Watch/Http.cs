using System.Globalization;
using System.Text;

namespace ImageSig.Cli.Watch;

/// <summary>The two requests that a camera's watch makes, without encryption. The runtime's client with all its protocols would make the program larger by megabytes.</summary>
internal static class Http
{
    private const int LongestHead = 65536;
    private static readonly string[] Others = ["text/", "application/json", "application/xml"];

    /// <summary>Asks for a resource.</summary>
    /// <returns>Its content. Version 1.0 is asked for, so that it comes in one piece up to the end of the connection; servers of small cameras send chunks all the same.</returns>
    /// <exception cref="IOException">Nobody answers, or the answer is a refusal.</exception>
    public static Stream Get(NetworkAddress address, CancellationToken cancellation)
    {
        (Stream content, string head) = Ask(address, $"GET {address.Path} HTTP/1.0\r\n{address.Authorization}", [], cancellation);
        string encoding = Field(head, "Transfer-Encoding")?.ToLowerInvariant() ?? "identity";
        string? problem = encoding is not ("identity" or "chunked") ? $"comes as '{encoding}', which was not asked for"
            : Field(head, "Content-Type") is { } type && Others.Any(other => type.StartsWith(other, StringComparison.OrdinalIgnoreCase)) ? $"is {type}, not pictures"
            : null;
        if (problem is null)
            return encoding == "chunked" ? new ChunkedStream(content, address.Text) : content;
        content.Dispose();
        throw new IOException($"{address.Text}: the answer {problem}.");
    }

    /// <summary>Sends JSON.</summary>
    /// <exception cref="IOException">Nobody answers, or the answer is a refusal.</exception>
    public static void Post(NetworkAddress address, string json, CancellationToken cancellation)
    {
        byte[] content = Encoding.UTF8.GetBytes(json);
        string head = string.Create(CultureInfo.InvariantCulture, $"POST {address.Path} HTTP/1.0\r\n{address.Authorization}Content-Type: application/json\r\nContent-Length: {content.Length}\r\n");
        Ask(address, head, content, cancellation).Content.Dispose();
    }

    /// <summary>Sends a request, and gives up where the head of its answer has not come in half a minute.</summary>
    private static (Stream Content, string Head) Ask(NetworkAddress address, string head, byte[] content, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(NetworkAddress.Patience);
        Stream? connection = null;
        try
        {
            connection = address.Connect(patience.Token);
            string answer = Ask(address, connection, head, content, patience.Token);
            patience.Token.ThrowIfCancellationRequested();
            return (connection, answer);
        }
        catch (Exception problem)
        {
            connection?.Dispose();
            cancellation.ThrowIfCancellationRequested();
            if (patience.IsCancellationRequested)
                throw new IOException($"{address.Text}: nobody answers", problem);
            if (problem is IOException and not RefusalException)
                throw new IOException(address.Describe(problem), problem);
            throw;
        }
    }

    /// <summary>Sends a request.</summary>
    /// <returns>The head of its answer.</returns>
    private static string Ask(NetworkAddress address, Stream connection, string head, byte[] content, CancellationToken cancellation)
    {
        // Reading and writing do not see the token.
        using CancellationTokenRegistration stop = cancellation.Register(connection.Dispose);
        connection.Write([.. Encoding.ASCII.GetBytes($"{head}Host: {address.Host}:{address.Port}\r\nUser-Agent: imagesig\r\n\r\n"), .. content]);
        string answer = ReadHead(connection, address), status = answer.Split('\r', '\n')[0];
        // HTTP/1.x NNN and why.
        string[] parts = status.Split(' ', 3);
        if (parts.Length < 2 || !parts[0].StartsWith("HTTP/", StringComparison.Ordinal))
            throw new IOException($"{address.Text}: the answer is '{status}'.");
        if (parts[1].StartsWith('2'))
            return answer;
        string elsewhere = parts[1].StartsWith('3') && Field(answer, "Location") is { Length: > 0 } location ? $", which leads to {NetworkAddress.Told(location)}; give the address where it ends" : "";
        throw new RefusalException($"{address.Text}: the answer is '{status}'{elsewhere}.", parts[1]);
    }

    /// <summary>Status and fields, up to the empty line.</summary>
    private static string ReadHead(Stream connection, NetworkAddress address)
    {
        StringBuilder head = new();
        while (head.Length < LongestHead)
        {
            int next = connection.ReadByte();
            if (next < 0)
                throw new IOException($"{address.Text}: the connection ended before the answer did.");
            head.Append((char)next);
            if (next == '\n' && (EndsWith(head, "\n\n") || EndsWith(head, "\r\n\r\n")))
                return head.ToString();
        }
        throw new IOException($"{address.Text}: the answer does not look like one of HTTP.");
    }

    private static string? Field(string head, string name) => head.Split('\n').Select(line => line.Split(':', 2))
        .FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();

    private static bool EndsWith(StringBuilder text, string end) => text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;
}
