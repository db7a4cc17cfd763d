// Worker MODEL FOLDER: a service that logs what a model says of each picture that appears in a folder. Under systemd or Windows it is a daemon with two more packages
// (Microsoft.Extensions.Hosting.Systemd, .WindowsServices).
using ImageSig;
using ImageSig.Imaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Services.AddSingleton(ImageClassifier.Load(args[0]));
builder.Services.AddHostedService(services => new Inbox(
    services.GetRequiredService<ImageClassifier>(), services.GetRequiredService<ILogger<Inbox>>(), args[1]));
builder.Build().Run();

/// <summary>Looks into the folder twice a second; a picture is answered when it has stopped growing.</summary>
internal sealed partial class Inbox(ImageClassifier classifier, ILogger<Inbox> log, string folder) : BackgroundService
{
    private const long Done = -1;
    private readonly Dictionary<string, long> seen = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(0.5));
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Try(LookAround);
    }

    private void LookAround()
    {
        FileInfo[] files = new DirectoryInfo(folder).GetFiles();
        foreach (string gone in seen.Keys.Except(files.Select(file => file.Name)).ToArray())
            seen.Remove(gone);
        foreach (FileInfo file in files)
            Try(() => Look(file));
    }

    private void Look(FileInfo file)
    {
        long length = file.Length;
        bool hasSettled = seen.TryGetValue(file.Name, out long before) && before == length;
        if (before == Done)
            return;
        seen[file.Name] = hasSettled ? Done : length;
        if (hasSettled)
            Answered(file.Name, classifier.Predict(file.FullName));
    }

    /// <summary>A picture that cannot be read, a folder that is gone for a while or a model that was damaged is logged, and the service goes on.</summary>
    private void Try(Action look)
    {
        try
        {
            look();
        }
        catch (Exception problem) when (problem is ImageFormatException or ModelFileException or IOException or UnauthorizedAccessException)
        {
            Unreadable(problem.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{picture}: {answer}")]
    private partial void Answered(string picture, Prediction answer);

    [LoggerMessage(LogLevel.Warning, "{problem}")]
    private partial void Unreadable(string problem);
}
