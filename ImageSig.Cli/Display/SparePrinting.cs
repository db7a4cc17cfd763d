namespace ImageSig.Cli.Display;

/// <summary>Prints results beside other work that must not end where they cannot be printed: that is told once, and the work goes on.</summary>
/// <param name="terminal">Told of it.</param>
/// <param name="work">What goes on, such as "watching".</param>
internal sealed class SparePrinting(Terminal terminal, string work)
{
    private bool isClosed, isFailing;

    /// <summary>Whether some results were not printed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Prints, unless nobody reads any more.</summary>
    public void Do(Action print)
    {
        if (isClosed)
            return;
        try
        {
            print();
            if (isFailing)
                terminal.Complain("results are printed again.");
            isFailing = false;
        }
        catch (ClosedOutputException closed)
        {
            (isClosed, HasFailed) = (true, true);
            terminal.Complain($"{closed.Why}; {work} goes on without printing.");
        }
        catch (IOException problem)
        {
            if (!isFailing)
                terminal.Complain($"{problem.Message.TrimEnd('.')}; {work} goes on without.");
            (isFailing, HasFailed) = (true, true);
        }
    }
}
