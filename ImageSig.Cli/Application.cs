using System.CommandLine;
using System.CommandLine.Parsing;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Cli.Watch;
using ImageSig.Tensors;

namespace ImageSig.Cli;

/// <summary>The program behind its <c>Main</c>: parses, runs the command, turns what went wrong into one line and an exit code.
/// Tests call it in process.</summary>
internal static class Application
{
    /// <summary>Set to 1, the full exception follows the one line.</summary>
    public const string DebugVariable = "IMAGESIG_DEBUG";

    /// <summary>Runs one command line and returns its <see cref="ExitCode"/>.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <param name="terminal">Where results and messages go.</param>
    /// <param name="cancellation">Stops the work; the answer is then <see cref="ExitCode.Interrupted"/>.</param>
    public static int Run(string[] arguments, Terminal terminal, CancellationToken cancellation = default) =>
        Run(ProgramCommand.Create(terminal, arguments), arguments, terminal, cancellation);

    /// <summary>The same for a program with other commands.</summary>
    internal static int Run(Command program, string[] arguments, Terminal terminal, CancellationToken cancellation)
    {
        terminal.Wording = message => WithoutSecrets(message, arguments);
        // No response files: "@name.jpg" is a file name here, not a file of arguments.
        ParserConfiguration parser = new() { ResponseFileTokenReplacer = null };
        ParseResult parse = program.Parse(arguments, parser);
        if (Mistake(parse, arguments) is { } mistake)
        {
            terminal.Complain($"{mistake.TrimEnd('.')}{(mistake.EndsWith('?') ? "" : ".")} Try '{Path(parse.CommandResult.Command)} --help'.");
            return ExitCode.WrongUsage;
        }

        // Signals are Interruption's, exceptions are ours: the library's handlers would print stack traces.
        InvocationConfiguration invocation = new()
        {
            Output = terminal.Results,
            Error = terminal.Messages,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return parse.InvokeAsync(invocation, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Complain("stopped; nothing was left half-written.");
            return ExitCode.Interrupted;
        }
        catch (Exception usage) when (usage is UsageException or SettingException)
        {
            // The library checks what was set, once, before it reads an image.
            terminal.Complain(Failures.Describe(usage));
            return ExitCode.WrongUsage;
        }
        catch (Exception exception)
        {
            terminal.Complain(Failures.Describe(exception));
            if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
                terminal.Messages.WriteLine(WithoutSecrets(exception.ToString(), arguments));
            return ExitCode.Failed;
        }
    }

    /// <summary>A message in which the addresses of a command line stand without user and password, wherever they were given: a journal keeps it.</summary>
    private static string WithoutSecrets(string message, string[] arguments) => arguments.Select(AddressIn).OfType<string>().Aggregate(message, (text, address) =>
    {
        text = text.Replace(address, NetworkAddress.Told(address), StringComparison.Ordinal);
        // Where it was taken for a path, one of its slashes is gone, and its end may be.
        int user = address.IndexOf(Uri.SchemeDelimiter, StringComparison.Ordinal) + Uri.SchemeDelimiter.Length, place = address.LastIndexOf('@');
        return place <= user ? text : text.Replace(address[user..(place + 1)], "…@", StringComparison.Ordinal);
    });

    /// <summary>The address in an argument: the argument itself, or the value of an option that stands in one argument with it.</summary>
    private static string? AddressIn(string argument)
    {
        int scheme = argument.IndexOf(Uri.SchemeDelimiter, StringComparison.Ordinal);
        if (scheme < 0 || !argument.StartsWith('-'))
            return scheme < 0 ? null : argument;
        int equals = argument.IndexOf('=', 0, scheme);
        return argument[(equals >= 0 ? equals + 1 : 2)..];
    }

    /// <summary>The first mistake alone: what follows it, such as the value of an option that does not exist, is mostly its consequence.</summary>
    internal static string? Mistake(ParseResult parse, string[] arguments)
    {
        // The library takes an unknown option for an argument where one is still missing; a file of such a name can be given behind "--".
        Token? option = arguments.Contains("--")
            ? null
            : parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal));
        if (option is null && parse.Errors.Count == 0)
            return Empty(parse);
        // Where a command is missing, the word that is none says more.
        string? unknown = option?.Value ?? (parse.CommandResult.Command.Subcommands.Count > 0 && parse.UnmatchedTokens is [string first, ..] ? first : null);
        string mistake = option is not null ? $"There is no option '{unknown}'"
            : unknown is null && parse.CommandResult.Command.Subcommands is { Count: > 0 } below ? $"A command is missing: {string.Join(", ", below.Select(command => command.Name))}"
            : unknown is not null ? $"There is no {(unknown.StartsWith('-') ? "option" : "command")} '{unknown}'"
            : Describe(parse.Errors[0]).TrimEnd('.');
        unknown ??= parse.UnmatchedTokens.FirstOrDefault(word => mistake.Contains($"'{word}'", StringComparison.Ordinal));
        return unknown is not null && Suggestion.For(unknown, parse.CommandResult.Command) is { } meant ? $"{mistake}; did you mean {meant}?" : $"{mistake}.";
    }

    /// <summary>No argument means anything when it is empty; mostly a variable of a script that is not set.</summary>
    private static string? Empty(ParseResult parse)
    {
        foreach (SymbolResult given in parse.CommandResult.Children)
            if (given.Tokens.Any(token => token.Value.Length == 0))
                return given switch
                {
                    OptionResult { Option: var option } => $"{option.Name} is empty; it must be {option.HelpName}.",
                    ArgumentResult { Argument: var argument } => $"{argument.Name} is empty: {argument.Description}.",
                    _ => null,
                };
        return null;
    }

    /// <summary>The library says that an argument is missing, but not which one.</summary>
    private static string Describe(ParseError error) => error.SymbolResult is ArgumentResult { Tokens.Count: 0, Parent: CommandResult, Argument: { } missing }
        ? $"{missing.Name} is missing: {missing.Description}."
        : error.Message;

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;
}
