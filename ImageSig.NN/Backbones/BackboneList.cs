using System.Text;
using System.Text.Json;

namespace ImageSig.NN;

/// <summary>The steps of a backbone, and what it does to pixels before them.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Scale">[3] What each color, 0…255, is multiplied with.</param>
/// <param name="Shift">[3] What is added to it then.</param>
/// <param name="Steps">Up to the layer whose mean is the features.</param>
internal sealed record BackboneList(string Name, IReadOnlyList<float> Scale, IReadOnlyList<float> Shift, IReadOnlyList<BackboneStep> Steps)
{
    /// <summary>The steps whose means are features: what comes into the last steps that make the image smaller, and the last step of all.</summary>
    /// <param name="depths">How many at most; the deepest are taken.</param>
    public IReadOnlyList<int> Taps(int depths)
    {
        List<int> taps = [];
        foreach (BackboneStep step in Steps)
            if (step.Stride > 1 && step.From[0] >= 0 && !taps.Contains(step.From[0]))
                taps.Add(step.From[0]);
        taps.Remove(Steps.Count - 1);
        taps.Sort();
        taps.Add(Steps.Count - 1);
        return taps.Count > depths ? taps[^depths..] : taps;
    }

    /// <summary>As a model file has it.</summary>
    /// <param name="checksum">Of the weights.</param>
    public string ToJson(string checksum)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("name", Name);
            json.WriteString("weights", checksum);
            json.WriteStartObject("input");
            json.WriteString("channels", "RGB");
            WriteNumbers("scale", Scale);
            WriteNumbers("shift", Shift);
            json.WriteEndObject();
            json.WriteStartArray("layers");
            foreach (BackboneStep step in Steps)
                BackboneJson.Write(json, step);
            json.WriteEndArray();
            json.WriteEndObject();

            void WriteNumbers(string name, IReadOnlyList<float> numbers)
            {
                json.WriteStartArray(name);
                foreach (float number in numbers)
                    json.WriteNumberValue(number);
                json.WriteEndArray();
            }
        }
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
