// Web MODEL [--urls http://127.0.0.1:8080]: POST an image's bytes to /predict, and get JSON. A classifier may be asked from many requests at once.
using System.Text.Json.Serialization;
using ImageSig;
using ImageSig.Imaging;

const int MostBytes = 20_000_000;
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args[1..]);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default));
builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = MostBytes);
WebApplication application = builder.Build();
ImageClassifier classifier = ImageClassifier.Load(args[0]);

application.MapPost("/predict", async (HttpRequest request) =>
{
    using MemoryStream image = new();
    await request.Body.CopyToAsync(image, request.HttpContext.RequestAborted);
    try
    {
        Prediction answer = classifier.Predict(image.GetBuffer().AsSpan(0, (int)image.Length));
        return Results.Ok(new ClassAnswer(answer.IsUnknown ? "unknown" : answer.Label, answer.Confidence));
    }
    catch (ImageFormatException problem)
    {
        return Results.BadRequest(new Problem(problem.Message));
    }
    catch (ModelFileException problem)
    {
        return Results.Json(new Problem(problem.Message), AnswerJson.Default.Problem, statusCode: StatusCodes.Status500InternalServerError);
    }
});
application.MapGet("/memory", () => Results.Ok(new Memory(Environment.WorkingSet)));
application.Run();

internal sealed record ClassAnswer(string Label, float Confidence);

internal sealed record Problem(string Message);

internal sealed record Memory(long WorkingSet);

[JsonSerializable(typeof(ClassAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Memory))]
internal sealed partial class AnswerJson : JsonSerializerContext;
