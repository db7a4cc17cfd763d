namespace ImageSig;

/// <summary>The JSON of <c>preprocessing</c>.</summary>
internal sealed record PreprocessingJson(
    string Input, int Width, int Height, string Fit, bool ScaledDecoding, int Depth, bool TwoDirection, bool Basepoint, bool Time, string LogSignature, bool Standardize,
    float? Roots = null)
{
    public static PreprocessingJson Read(JsonFields json) => new(
        json.Text("input"), json.Whole("width"), json.Whole("height"), json.Text("fit"), json.Switch("scaledDecoding"), json.Whole("depth"), json.Switch("twoDirection"),
        json.Switch("basepoint"), json.Switch("time"), json.Text("logSignature"), json.Switch("standardize"), json.SingleIfAny("roots"));

    /// <param name="shape">Of a sample, for people; null for files, which do not say it.</param>
    public JsonMembers Members(IReadOnlyList<int>? shape = null) => new(
        ("input", Input), ("width", Width), ("height", Height), ("fit", Fit), ("scaledDecoding", ScaledDecoding), ("?sampleShape", shape), ("depth", Depth), ("twoDirection", TwoDirection),
        ("basepoint", Basepoint), ("time", Time), ("logSignature", LogSignature), ("standardize", Standardize),
        // People are told of roots where there are some.
        (shape is null ? "roots" : "?roots", Roots));
}
