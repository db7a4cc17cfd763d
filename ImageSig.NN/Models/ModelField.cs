using System.Text.Json;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>One value of a kind of <see cref="ModelSpec"/>: its name in model files, its bounds, how it is got and set. Checks, JSON and
/// <see cref="ModelSpec.Settings"/> follow from it.</summary>
public abstract class ModelField
{
    private protected ModelField(string name) => Name = name;

    /// <summary>The name in model files, such as "neurons".</summary>
    public string Name { get; }

    /// <summary>A whole number; also a setting that can be changed by name.</summary>
    /// <param name="name">In model files.</param>
    /// <param name="description">What it is, such as "number of neurons".</param>
    /// <param name="max">The largest that is possible.</param>
    /// <param name="get">Its value.</param>
    /// <param name="set">The same spec with another value.</param>
    /// <param name="min">The smallest that is possible.</param>
    /// <param name="absent">The value that a file says by leaving it out, for a field that older files do not have; null where it must be there.</param>
    public static ModelField Whole<TSpec>(
        string name, string description, int max, Func<TSpec, int> get, Func<TSpec, int, TSpec> set, int min = 1, int? absent = null)
        where TSpec : ModelSpec =>
        new ModelSetting(name, description, min, max, spec => get((TSpec)spec), (spec, value) => set((TSpec)spec, value), absent);

    /// <summary>A dropout rate, from 0 to below 1.</summary>
    /// <param name="name">In model files.</param>
    /// <param name="get">Its value.</param>
    /// <param name="set">The same spec with another value.</param>
    /// <param name="place">Where in the model, if there are several: such as "blocks".</param>
    public static ModelField Rate<TSpec>(string name, Func<TSpec, float> get, Func<TSpec, float, TSpec> set, string? place = null)
        where TSpec : ModelSpec =>
        new RateField(name, place, spec => get((TSpec)spec), (spec, value) => set((TSpec)spec, value));

    /// <summary>One of several values that have names.</summary>
    /// <param name="name">In model files.</param>
    /// <param name="choices">The values and their names in model files.</param>
    /// <param name="get">Its value.</param>
    /// <param name="set">The same spec with another value.</param>
    public static ModelField Choice<TSpec, TValue>(
        string name, IReadOnlyList<(string Name, TValue Value)> choices, Func<TSpec, TValue> get, Func<TSpec, TValue, TSpec> set)
        where TSpec : ModelSpec
        where TValue : struct, Enum =>
        new ChoiceField<TValue>(name, choices, spec => get((TSpec)spec), (spec, value) => set((TSpec)spec, value));

    /// <summary>ε of signed roots (<see cref="SignedRoots"/>), or 0 for none, which a file says by leaving it out.</summary>
    /// <param name="get">Its value.</param>
    /// <param name="set">The same spec with another value.</param>
    public static ModelField Roots<TSpec>(Func<TSpec, float> get, Func<TSpec, float, TSpec> set)
        where TSpec : ModelSpec =>
        new RootsField(spec => get((TSpec)spec), (spec, value) => set((TSpec)spec, value));

    /// <summary>Whether batch normalizations are folded into convolutions (<see cref="ModelSpec.IsFolded"/>): for the kinds that have any.</summary>
    public static ModelField Folded { get; } = new FoldedField();

    /// <summary>Throws unless the value is in bounds.</summary>
    /// <exception cref="SettingException">The message names the model, the value and the bounds.</exception>
    internal abstract void Check(ModelSpec spec);

    /// <summary>Writes name and value.</summary>
    internal abstract void Write(Utf8JsonWriter json, ModelSpec spec);

    /// <summary>The spec with the value that a model file holds, or null where the field is missing.</summary>
    /// <exception cref="InvalidDataException">Missing, of another type, or out of bounds.</exception>
    internal abstract ModelSpec Read(ModelSpec spec, JsonElement? value);

    private protected InvalidDataException Refusal(JsonElement? value, string expected) =>
        new($"the architecture has {Name} {value?.GetRawText() ?? "missing"}; {expected} was expected.");
}

/// <summary>A whole number of a kind of network, which can be changed by name: see <see cref="ModelSpec.With"/>.</summary>
public sealed class ModelSetting : ModelField
{
    private readonly Func<ModelSpec, int> get;
    private readonly Func<ModelSpec, int, ModelSpec> set;
    private readonly int? absent;

    internal ModelSetting(string name, string description, int min, int max, Func<ModelSpec, int> get, Func<ModelSpec, int, ModelSpec> set, int? absent)
        : base(name)
    {
        (Description, Min, Max) = (description, min, max);
        (this.get, this.set, this.absent) = (get, set, absent);
    }

    /// <summary>What it is, such as "number of neurons".</summary>
    public string Description { get; }

    /// <summary>The smallest value that is possible.</summary>
    public int Min { get; }

    /// <summary>The largest value that is possible.</summary>
    public int Max { get; }

    /// <summary>Its value in <paramref name="spec"/>, which must be of the kind that the setting belongs to.</summary>
    public int Get(ModelSpec spec) => get(spec);

    /// <summary>The same spec with another value, which is checked with the rest: <see cref="ModelSpec.Check"/>.</summary>
    internal ModelSpec Set(ModelSpec spec, int value) => set(spec, value);

    internal override void Check(ModelSpec spec)
    {
        int value = get(spec);
        if (value < Min || value > Max)
            throw new SettingException(
                $"Model {spec.Name}: {char.ToUpperInvariant(Name[0])}{Name[1..]} is {value}; it must be {(value < Min ? $"at least {Min}" : $"at most {Max}")}.");
    }

    internal override void Write(Utf8JsonWriter json, ModelSpec spec)
    {
        if (get(spec) != absent)
            json.WriteNumber(Name, get(spec));
    }

    internal override ModelSpec Read(ModelSpec spec, JsonElement? value)
    {
        if (value is null && absent is { } unsaid)
            return set(spec, unsaid);
        return value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int whole) && whole >= Min && whole <= Max
            ? set(spec, whole)
            : throw Refusal(value, $"{Min} to {Max}");
    }
}

/// <summary>A dropout rate.</summary>
internal sealed class RateField(string name, string? place, Func<ModelSpec, float> get, Func<ModelSpec, float, ModelSpec> set) : ModelField(name)
{
    internal override void Check(ModelSpec spec)
    {
        float value = get(spec);
        if (!(value >= 0 && value < 1))
            throw new SettingException($"Model {spec.Name}{(place is null ? "" : $", {place}")}: the dropout rate is {value}; it must be at least 0 and below 1.");
    }

    internal override void Write(Utf8JsonWriter json, ModelSpec spec) => json.WriteNumber(Name, get(spec));

    internal override ModelSpec Read(ModelSpec spec, JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetSingle(out float rate) && rate is >= 0 and < 1
            ? set(spec, rate)
            : throw Refusal(value, "0 to below 1");
}

/// <summary>One of several values that have names.</summary>
internal sealed class ChoiceField<TValue>(
    string name, IReadOnlyList<(string Name, TValue Value)> choices, Func<ModelSpec, TValue> get, Func<ModelSpec, TValue, ModelSpec> set) : ModelField(name)
    where TValue : struct, Enum
{
    private string Names => string.Join(" or ", choices.Select(choice => choice.Name));

    internal override void Check(ModelSpec spec) => _ = NameOf(spec);

    internal override void Write(Utf8JsonWriter json, ModelSpec spec) => json.WriteString(Name, NameOf(spec));

    internal override ModelSpec Read(ModelSpec spec, JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.String } text)
            foreach ((string known, TValue choice) in choices)
                if (text.ValueEquals(known))
                    return set(spec, choice);
        throw Refusal(value, Names);
    }

    private string NameOf(ModelSpec spec)
    {
        TValue value = get(spec);
        foreach ((string known, TValue choice) in choices)
            if (EqualityComparer<TValue>.Default.Equals(choice, value))
                return known;
        throw new SettingException($"Model {spec.Name}: {Name} is {value}; {Names} is possible.");
    }
}

/// <summary><see cref="ModelSpec.IsFolded"/>; files that say nothing are not folded.</summary>
internal sealed class FoldedField() : ModelField("folded")
{
    internal override void Check(ModelSpec spec)
    {
    }

    internal override void Write(Utf8JsonWriter json, ModelSpec spec) => json.WriteBoolean(Name, spec.IsFolded);

    internal override ModelSpec Read(ModelSpec spec, JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.True => spec with { IsFolded = true },
        JsonValueKind.False or null => spec with { IsFolded = false },
        _ => throw Refusal(value, "true or false"),
    };
}

/// <summary>ε of signed roots; files that say nothing have none, as those had that were written before there were roots.</summary>
internal sealed class RootsField(Func<ModelSpec, float> get, Func<ModelSpec, float, ModelSpec> set) : ModelField("roots")
{
    internal override void Check(ModelSpec spec)
    {
        float value = get(spec);
        if (value != 0 && !IsPossible(value))
            throw new SettingException($"Model {spec.Name}: the roots' epsilon is {value}; it must be 0 (no roots) or from {SignedRoots.MinEpsilon} to {SignedRoots.MaxEpsilon}.");
    }

    internal override void Write(Utf8JsonWriter json, ModelSpec spec)
    {
        if (get(spec) != 0)
            json.WriteNumber(Name, get(spec));
    }

    internal override ModelSpec Read(ModelSpec spec, JsonElement? value)
    {
        if (value is null)
            return set(spec, 0);
        return value is { ValueKind: JsonValueKind.Number } number && number.TryGetSingle(out float epsilon) && IsPossible(epsilon)
            ? set(spec, epsilon)
            : throw Refusal(value, $"{SignedRoots.MinEpsilon} to {SignedRoots.MaxEpsilon}");
    }

    private static bool IsPossible(float epsilon) => epsilon >= SignedRoots.MinEpsilon && epsilon <= SignedRoots.MaxEpsilon;
}
