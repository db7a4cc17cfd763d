using ImageSig.Imaging;
using ImageSig.NN;

namespace ImageSig.Cli;

/// <summary>Exceptions as the one line that a user can act on.</summary>
internal static class Failures
{
    /// <summary>The message of an exception that the libraries throw on purpose; for any other, a request to report it.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [Exception first, ..] } => Describe(first),
        ArgumentNullException or ObjectDisposedException => Unexpected(exception),
        ArgumentException argument => WithoutParameterName(argument),
        ModelFileException or DatasetException or ImageFormatException or TrainingException => OneLine(exception.Message),
        UnauthorizedAccessException or IOException or InvalidDataException => OneLine(exception.Message),
        OutOfMemoryException => "not enough memory for this; use smaller images, a smaller batch or a lower depth.",
        _ => Unexpected(exception),
    };

    private static string Unexpected(Exception exception) =>
        $"unexpected {exception.GetType().Name}: {OneLine(exception.Message)} This is a bug: please report it " +
        $"(with {Application.DebugVariable}=1 set, the details follow).";

    /// <summary>The runtime appends "(Parameter 'x')", which means nothing to someone at a command line.</summary>
    private static string WithoutParameterName(ArgumentException exception)
    {
        string suffix = $" (Parameter '{exception.ParamName}')";
        string message = exception.Message;
        return OneLine(message.EndsWith(suffix, StringComparison.Ordinal) ? message[..^suffix.Length] : message);
    }

    private static string OneLine(string message) =>
        string.Join(' ', message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
