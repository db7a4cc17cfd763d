using ImageSig.NN;

namespace ImageSig;

/// <summary>The JSON of an epoch, in checkpoints and logs.</summary>
internal static class EpochJson
{
    public static JsonMembers Members(EpochRecord epoch) => new(
        ("epoch", epoch.Epoch), ("trainLoss", epoch.TrainLoss), ("validationLoss", epoch.ValidationLoss), ("validationAccuracy", epoch.ValidationAccuracy),
        ("validationBalancedAccuracy", epoch.ValidationBalancedAccuracy), ("learningRate", epoch.LearningRate));

    /// <summary>Reads a list of epochs.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public static EpochRecord[] Read(string text) => JsonFields.ReadList(text, json => new EpochRecord(
        json.Whole("epoch"), json.Number("trainLoss"), json.NumberIfAny("validationLoss"), json.NumberIfAny("validationAccuracy"),
        json.NumberIfAny("validationBalancedAccuracy"), json.Number("learningRate")));
}
