using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ImageSig.Cli.Display;

/// <summary>Progress as redrawn bars on a terminal: one line a stage, with steps, rate and time left.</summary>
internal sealed class ProgressBars : ProgressDisplay
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ProgressTask> stages = [];
    private readonly ProgressContext context;
    private readonly StepsColumn steps;

    private ProgressBars(ProgressContext context, StepsColumn steps) => (this.context, this.steps) = (context, steps);

    /// <summary>Runs <paramref name="work"/> below bars that stay, finished, above the results.</summary>
    public static T Watch<T>(Terminal terminal, Func<ProgressDisplay, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Messages) });
        StepsColumn steps = new();
        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), steps)
            .Start(context => work(new ProgressBars(context, steps)));
    }

    public override void Report(StageProgress value)
    {
        lock (gate)
        {
            if (!stages.TryGetValue(value.Stage, out ProgressTask? task))
                stages[value.Stage] = task = context.AddTask(Markup.Escape(value.Stage));
            task.MaxValue = Math.Max(value.Total, 1);
            task.Value = value.Total == 0 ? 1 : value.Done;
            steps.Texts[task.Id] = Describe(value, "  ");
        }
    }

    /// <summary>The last column of the bars: the latest text of each task.</summary>
    private sealed class StepsColumn : ProgressColumn
    {
        /// <summary>By the task's number. Written by whoever reports, read by the thread that draws.</summary>
        public ConcurrentDictionary<int, string> Texts { get; } = [];

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(Texts.GetValueOrDefault(task.Id, ""));
    }
}
