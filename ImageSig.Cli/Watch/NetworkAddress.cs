using System.CommandLine;
using System.Net.Sockets;
using System.Text;
using ImageSig.Cli.Arguments;

namespace ImageSig.Cli.Watch;

/// <summary>Where something in the network is: <c>http://user:password@host:port/path</c>.</summary>
/// <param name="Host">Name or number.</param>
/// <param name="Port">1…65535.</param>
/// <param name="Path">From the first slash on; a slash alone where none was given.</param>
/// <param name="User">Who asks; null for nobody.</param>
/// <param name="Password">Empty where none was given.</param>
/// <param name="Text">What was given, without user, password and query: for messages.</param>
internal sealed record NetworkAddress(string Host, int Port, string Path, string? User, string Password, string Text)
{
    /// <summary>How long to wait for the other side.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>An option that takes such an address.</summary>
    /// <param name="name">Of the option.</param>
    /// <param name="scheme">What it begins with; no other is taken.</param>
    /// <param name="port">Where it gives none.</param>
    /// <param name="description">For the help.</param>
    /// <param name="otherwise">What to do about other addresses, where something can be done.</param>
    /// <param name="insteadOfPath">The option that says what a path might be thought to say; null where paths are taken.</param>
    public static Option<NetworkAddress> Option(string name, string scheme, int port, string description, string otherwise = "", string? insteadOfPath = null) => new(name)
    {
        Description = description,
        HelpName = $"{scheme}://HOST",
        CustomParser = argument =>
        {
            string given = OptionKinds.Only(argument);
            NetworkAddress? address = Parse(given, scheme, port);
            return insteadOfPath is null ? address ?? Refuse($"{scheme}://camera:{port}/path{otherwise}")
                : address is { Path: "/" } ? address
                : Refuse($"{scheme}://broker:{port}{(address is null ? "" : $", without a path; for that there is {insteadOfPath}")}");

            NetworkAddress Refuse(string expected) => OptionKinds.Refuse<NetworkAddress>(argument, name, $"an address such as {expected}", Told(given));
        },
    };

    /// <summary>An address, or what was meant as one, without what may be a secret: what stands before its @ and behind its question mark.</summary>
    public static string Told(string text)
    {
        int scheme = text.IndexOf(Uri.SchemeDelimiter, StringComparison.Ordinal);
        int start = scheme >= 0 && Uri.CheckSchemeName(text[..scheme]) ? scheme + Uri.SchemeDelimiter.Length : 0;
        string rest = text[start..];
        int user = rest.LastIndexOf('@'), query = rest.IndexOfAny(['?', '#']);
        // Where a question mark stands before the @, who knows to which of the two what is between them belongs.
        string place = query < 0 ? rest[(user + 1)..] : query < user ? "" : rest[(user + 1)..query];
        return $"{text[..start]}{(user < 0 ? "" : "…@")}{place}{(query < 0 ? "" : "…")}";
    }

    /// <summary>Reads an address; null where it is none of this scheme.</summary>
    public static NetworkAddress? Parse(string text, string scheme, int port)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme != scheme || uri.Host.Length == 0)
            return null;
        string[] user = uri.UserInfo.Split(':', 2);
        return new NetworkAddress(
            uri.Host, uri.IsDefaultPort || uri.Port < 0 ? port : uri.Port, uri.PathAndQuery.Length == 0 ? "/" : uri.PathAndQuery,
            uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(user[0]), user.Length == 2 ? Uri.UnescapeDataString(user[1]) : "",
            uri.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.Port | UriComponents.Path, UriFormat.UriEscaped));
    }

    /// <summary>Opens a connection that gives up when the other side is silent for half a minute.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public NetworkStream Connect(CancellationToken cancellation)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            socket.ConnectAsync(Host, Port, patience.Token).AsTask().GetAwaiter().GetResult();
            return new NetworkStream(socket, ownsSocket: true) { ReadTimeout = (int)Patience.TotalMilliseconds, WriteTimeout = (int)Patience.TotalMilliseconds };
        }
        catch (Exception problem)
        {
            socket.Dispose();
            if (problem is SocketException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
                throw new IOException($"{Text}: {(problem is SocketException ? problem.Message : "nobody answers")}", problem);
            throw;
        }
    }

    /// <summary>A problem with this address in words that name it, as the system's own do not.</summary>
    public string Describe(Exception problem) => problem.Message.StartsWith(Text, StringComparison.Ordinal) ? problem.Message : $"{Text}: {problem.Message}";

    /// <summary>What a request carries of user and password; empty where there are none.</summary>
    public string Authorization => User is null ? "" : $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}\r\n";
}
