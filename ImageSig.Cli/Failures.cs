using ImageSig.Cli.Display;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Cli;

/// <summary>Exceptions as the one line that a user can act on.</summary>
internal static class Failures
{
    /// <summary>How .NET ends what it says of a file or folder that the user has no right to.</summary>
    private const string Denied = "is denied.";

    /// <summary>The message of an exception that the libraries throw on purpose; for any other, a request to report it.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [Exception first, ..] } => Describe(first),
        SettingException or UsageException => Printable.Line(exception.Message),
        ModelFileException or DatasetException or ImageFormatException or TrainingException => Printable.Line(exception.Message),
        UnauthorizedAccessException { Message: var message } when message.EndsWith(Denied, StringComparison.Ordinal) =>
            Printable.Line($"{message.TrimEnd('.')}; give this user the right to it, or choose another."),
        UnauthorizedAccessException or IOException or InvalidDataException => Printable.Line(exception.Message),
        OutOfMemoryException => "not enough memory for this; use smaller images, a smaller batch or a lower depth.",
        _ => Unexpected(exception),
    };

    private static string Unexpected(Exception exception) =>
        $"unexpected {exception.GetType().Name}: {Printable.Line(exception.Message)} This is a bug: please report it " +
        $"(with {Application.DebugVariable}=1 set, the details follow).";
}
