using System.Text.Json.Serialization;
using ImageSig.Cli.Predict;

namespace ImageSig.Cli.Json;

/// <summary>What <c>predict --json</c> prints for one image and one model.</summary>
/// <param name="Image">The file, as it was given.</param>
/// <param name="Model">The model file, as it was given.</param>
/// <param name="Label">The most probable class, or "unknown".</param>
/// <param name="Nearest">Of an image that is unknown the most probable class; left out for others.</param>
/// <param name="Confidence">The probability of the most probable class.</param>
/// <param name="Probabilities">Class to probability, in the model's order; with <c>--top</c> the most probable ones alone, the best first.</param>
/// <param name="Attributes">Those that the image has; left out where the model has classes.</param>
/// <param name="Distance">From the nearest class, above 1 unknown; left out where the model keeps no distances.</param>
/// <param name="Milliseconds">Where the time went.</param>
internal sealed record PredictionJson(
    string Image, string Model, string Label, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Nearest, float Confidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Attributes, IReadOnlyDictionary<string, float> Probabilities, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? Distance, MillisecondsJson Milliseconds)
{
    public static PredictionJson Of(string image, string model, Prediction prediction, AnswerRule rule) => new(
        image, model, rule.Label(prediction),
        rule.IsUnknown(prediction) && !NegativeClass.Is(prediction.Label) ? prediction.Label : null, prediction.Confidence, prediction.Attributes,
        new OrderedDictionary<string, float>((rule.Top is not null ? rule.Best(prediction) : prediction.Probabilities).Select(entry => KeyValuePair.Create(entry.Class, entry.Probability))),
        prediction.Distance,
        new MillisecondsJson(
            Math.Round(prediction.Times.Decode.TotalMilliseconds, 3),
            Math.Round(prediction.Times.Features.TotalMilliseconds, 3),
            Math.Round(prediction.Times.Model.TotalMilliseconds, 3)));
}

/// <summary>Times in milliseconds, to the microsecond.</summary>
internal sealed record MillisecondsJson(double Decode, double Features, double Model);
