namespace ImageSig.Cli.Json;

/// <summary>What <c>predict --json</c> prints for one image and one model.</summary>
/// <param name="Image">The file, as it was given.</param>
/// <param name="Model">The model file, as it was given.</param>
/// <param name="Label">The most probable class.</param>
/// <param name="Confidence">Its probability.</param>
/// <param name="Probabilities">Class to probability, in the model's order.</param>
/// <param name="Milliseconds">Where the time went.</param>
internal sealed record PredictionJson(
    string Image, string Model, string Label, float Confidence, IReadOnlyDictionary<string, float> Probabilities, MillisecondsJson Milliseconds)
{
    public static PredictionJson Of(string image, string model, Prediction prediction) => new(
        image, model, prediction.Label, prediction.Confidence,
        new OrderedDictionary<string, float>(prediction.Probabilities.Select(entry => KeyValuePair.Create(entry.Class, entry.Probability))),
        new MillisecondsJson(
            Math.Round(prediction.Times.Decode.TotalMilliseconds, 3),
            Math.Round(prediction.Times.Features.TotalMilliseconds, 3),
            Math.Round(prediction.Times.Model.TotalMilliseconds, 3)));
}

/// <summary>Times in milliseconds, to the microsecond.</summary>
internal sealed record MillisecondsJson(double Decode, double Features, double Model);
