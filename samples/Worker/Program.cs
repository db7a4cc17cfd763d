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
    private readonly Dictionary<string, long> seen = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(0.5));
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles())
                Look(file);
    }

    private void Look(FileInfo file)
    {
        bool isNew = !seen.TryGetValue(file.Name, out long before);
        seen[file.Name] = isNew ? file.Length : -1;
        if (isNew || before < 0)
            return;
        if (before != file.Length)
        {
            seen[file.Name] = file.Length;
            return;
        }
        try
        {
            Answered(file.Name, classifier.Predict(file.FullName));
        }
        catch (ImageFormatException problem)
        {
            Unreadable(problem.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{picture}: {answer}")]
    private partial void Answered(string picture, Prediction answer);

    [LoggerMessage(LogLevel.Warning, "{problem}")]
    private partial void Unreadable(string problem);

}
