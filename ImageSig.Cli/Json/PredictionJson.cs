using ImageSig.Cli.Predict;

namespace ImageSig.Cli.Json;

/// <summary>What <c>predict --json</c> prints for one image and one model.</summary>
internal static class PredictionJson
{
    public static JsonMembers Of(string image, string model, Prediction prediction, AnswerRule rule) => new(
        // Both as they were given.
        ("image", image),
        ("model", model),
        // The most probable class, or "unknown"; of an image that is unknown the most probable class all the same.
        ("label", rule.Label(prediction)),
        ("?nearest", rule.Nearest(prediction)),
        // The probability of the most probable class.
        ("confidence", prediction.Confidence),
        // Those that the image has; left out where the model has classes.
        ("?attributes", prediction.Attributes),
        // Class to probability, in the model's order; with --top the most probable ones alone, the best first.
        ("probabilities", JsonMembers.Named((rule.Top is not null ? rule.Best(prediction) : prediction.Probabilities).Select(entry => (entry.Class, (object?)entry.Probability)))),
        // From the nearest class, above 1 unknown; left out where the model keeps no distances.
        ("?distance", prediction.Distance),
        // Where the time went, to the microsecond.
        ("milliseconds", new JsonMembers(
            ("decode", Math.Round(prediction.Times.Decode.TotalMilliseconds, 3)),
            ("features", Math.Round(prediction.Times.Features.TotalMilliseconds, 3)),
            ("model", Math.Round(prediction.Times.Model.TotalMilliseconds, 3)))));
}
