using System.CommandLine;
using ImageSig.Cli;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Commands;
using ImageSig.Cli.Display;
using ImageSig.Tensors;

namespace ImageSig.Tests.Cli;

/// <summary>A command of one file with an option of one row: help, bounds, messages, suggestions and exit codes follow.</summary>
public class ToyCommandTests
{
    [Fact]
    public void A_command_is_its_file_and_its_line()
    {
        Assert.Equal((ExitCode.Done, "7 eggs\n", ""), Run("toy", "--eggs", "7"));
        Assert.Equal((ExitCode.Done, "12 eggs\n", ""), Run("toy"));
        Assert.Equal((ExitCode.WrongUsage, "", "imagesig: 13 eggs: this number brings bad luck.\n"), Run("toy", "--eggs", "13"));
        Assert.Equal((ExitCode.WrongUsage, "", "imagesig: There is no command 'tpy'; did you mean toy? Try 'imagesig --help'.\n"), Run("tpy"));
    }

    [Fact]
    public void An_option_is_its_row()
    {
        string help = Run("toy", "--help").Results;
        Assert.Contains("Boils eggs.", help, StringComparison.Ordinal);
        Assert.Contains("--eggs <N>", help, StringComparison.Ordinal);
        Assert.Contains("How many [default: 12]", help, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  imagesig toy --eggs 3\n", help, StringComparison.Ordinal);
        Assert.Equal(
            (ExitCode.WrongUsage, "", "imagesig: --eggs is '0'; it must be a whole number from 1 to 24. Try 'imagesig toy --help'.\n"), Run("toy", "--eggs", "0"));
        Assert.Equal("7", ToyCommand.Eggs.Text(new Breakfast(7)));
    }

    private static (int Code, string Results, string Messages) Run(params string[] arguments)
    {
        using StringWriter results = new() { NewLine = "\n" };
        using StringWriter messages = new() { NewLine = "\n" };
        Terminal terminal = new(results, messages, isInteractive: false);
        Command program = ProgramCommand.Create(terminal);
        program.Add(ToyCommand.Create(terminal));
        int code = Application.Run(program, arguments, terminal, CancellationToken.None);
        return (code, results.ToString(), messages.ToString());
    }

    private sealed record Breakfast(int Eggs = 12);

    private static class ToyCommand
    {
        public static Row<Breakfast> Eggs { get; } = new Rows<Breakfast, Breakfast>(all => all, (_, all) => all).Whole(
            "--eggs", Bounds.Whole(1, 24), "How many [default: 12]", breakfast => breakfast.Eggs, (breakfast, value) => breakfast with { Eggs = value });

        public static ExampleCommand Create(Terminal terminal)
        {
            ExampleCommand command = new("toy", "Boils eggs.", "imagesig toy --eggs 3") { Eggs.Option };
            command.SetAction(parse =>
            {
                Breakfast breakfast = Eggs.Apply(parse, new Breakfast());
                if (breakfast.Eggs == 13)
                    throw new SettingException("13 eggs: this number brings bad luck.");
                terminal.Results.WriteLine($"{breakfast.Eggs} eggs");
                return ExitCode.Done;
            });
            return command;
        }
    }
}
