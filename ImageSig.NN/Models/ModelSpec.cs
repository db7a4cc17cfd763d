using System.Text;
using System.Text.Json;
using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Which network, with its settings: plain data, written into the model file. All that a kind of network decides stands in the one
/// file of its spec: settings and their bounds, layers, what it is trained with.</summary>
/// <remarks>A kind of one's own derives from it and is made known by <see cref="ModelKinds.Register"/>.</remarks>
public abstract record ModelSpec
{
    /// <summary>The name on the command line and in the model file.</summary>
    public abstract string Name { get; }

    /// <summary>What a sample of this network is.</summary>
    public abstract ModelInput Input { get; }

    /// <summary>Whether batch normalizations are folded into the convolutions beside them: for prediction only. See <see cref="Model.Folded"/>.</summary>
    public bool IsFolded { get; init; }

    /// <summary>The numbers that can be changed by name.</summary>
    public IReadOnlyList<ModelSetting> Settings => [.. Fields.OfType<ModelSetting>()];

    /// <summary>Whether its batch normalizations compare the samples of a batch, in which there must then be several.</summary>
    public bool NormalizesBatches => Fields.Contains(ModelField.Folded);

    /// <summary>What the default recipe trains this network with.</summary>
    public virtual TrainingOptions DefaultTraining => StandardTraining.Default;

    /// <summary>What the paper (Ibrahim &amp; Lyons, 2022) trains this network with; null if the paper has no such network.</summary>
    public virtual TrainingOptions? PaperTraining => null;

    /// <summary>All values of this kind, in the order of the model file.</summary>
    protected abstract IReadOnlyList<ModelField> Fields { get; }

    /// <summary>The same network with another value of a setting; see <see cref="Settings"/>.</summary>
    /// <exception cref="SettingException">This kind of network has no such setting.</exception>
    public ModelSpec With(string setting, int value)
    {
        ModelSetting known = Settings.FirstOrDefault(own => own.Name == setting)
            ?? throw new SettingException($"The architecture '{Name}' has no {ModelKinds.Describe(setting) ?? $"'{setting}'"} to set.");
        return known.Set(this, value);
    }

    /// <summary>Throws unless every value is in bounds.</summary>
    /// <exception cref="SettingException">The message names the value and the bounds.</exception>
    public void Check()
    {
        foreach (ModelField field in Fields)
            field.Check(this);
        CheckTogether();
    }

    /// <summary>The architecture as a model file holds it; <see cref="ModelKinds.FromJson"/> reads it.</summary>
    public string ToJson()
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("name", Name);
            foreach (ModelField field in Fields)
                field.Write(json, this);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Adds the layers, from the input to <see cref="ModelBuilder.Outputs"/> scores.</summary>
    protected abstract void Build(ModelBuilder layers);

    /// <summary>Throws a <see cref="SettingException"/> where values that are each in bounds do not fit together.</summary>
    protected virtual void CheckTogether()
    {
    }

    /// <summary>Has the layers added.</summary>
    internal void AddTo(ModelBuilder layers) => Build(layers);

    /// <summary>This spec with the values that a model file holds: each field once, none missing, none that is not known.</summary>
    internal ModelSpec Read(JsonElement json)
    {
        Dictionary<string, JsonElement> values = [];
        foreach (JsonProperty property in json.EnumerateObject())
            if (!values.TryAdd(property.Name, property.Value))
                throw new InvalidDataException($"the architecture has {property.Name} twice; the file is damaged.");
        values.Remove("name");
        ModelSpec spec = this;
        foreach (ModelField field in Fields)
            spec = field.Read(spec, values.Remove(field.Name, out JsonElement value) ? value : null);
        return values.Count == 0
            ? spec
            : throw new InvalidDataException($"the architecture '{Name}' has no {values.Keys.First()}; the file is damaged or of a newer version.");
    }

    /// <summary>Only what is data: <c>Name = fc, Input = Signatures, IsFolded = False</c>, and behind it the values of the kind.</summary>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Name = ").Append(Name).Append(", Input = ").Append(Input).Append(", IsFolded = ").Append(IsFolded);
        return true;
    }
}
