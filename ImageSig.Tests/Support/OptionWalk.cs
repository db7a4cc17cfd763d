using System.Reflection;

namespace ImageSig.Tests.Support;

/// <summary>Every option of a record with another value, one after the other: those too that are added after a test was written.</summary>
internal static class OptionWalk
{
    private static readonly MethodInfo Copy = typeof(object).GetMethod("MemberwiseClone", BindingFlags.NonPublic | BindingFlags.Instance)!;

    /// <summary>What can be set of a record.</summary>
    public static IEnumerable<string> NamesOf(Type type) => Options(type).Select(option => option.Name);

    /// <summary>The record with one option changed: to each other value of a switch or a list, to one other of a number.</summary>
    /// <param name="options">The record.</param>
    /// <param name="isPossible">Whether the values go together.</param>
    /// <param name="others">Other values of types that have none of their own.</param>
    public static IEnumerable<(string Name, string Change, T Changed)> Each<T>(T options, Func<T, bool> isPossible, params object[] others)
        where T : notnull =>
        from option in Options(options.GetType())
        from value in Possible(Values(option.PropertyType, option.GetValue(options), others), value => isPossible(With(options, option, value)))
        select (option.Name, $"{options.GetType().Name}.{option.Name} = {value ?? "null"}", With(options, option, value));

    /// <summary>Arguments with one changed, and of a record of options each of them.</summary>
    /// <param name="parameters">What they are called.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="isPossible">Whether they go together.</param>
    /// <param name="others">Other values of types that have none of their own.</param>
    public static IEnumerable<(string Name, object?[] Changed)> Each(ParameterInfo[] parameters, object?[] arguments, Func<object?[], bool> isPossible, params object[] others)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].ParameterType == typeof(string))
                continue;
            int place = i;
            Type type = Nullable.GetUnderlyingType(parameters[i].ParameterType) ?? parameters[i].ParameterType;
            bool isRecord = arguments[i] is { } record && type.Name.EndsWith("Options", StringComparison.Ordinal) && Options(type).Any();
            if (isRecord)
                foreach ((_, string change, object changed) in Each(arguments[i]!, value => isPossible(Replaced(value)), others))
                    yield return (change, Replaced(changed));
            else
                foreach (object? value in Possible(Values(parameters[i].ParameterType, arguments[i], others), value => isPossible(Replaced(value))))
                    yield return ($"{parameters[i].Name} = {value}", Replaced(value));

            object?[] Replaced(object? value) => [.. arguments[..place], value, .. arguments[(place + 1)..]];
        }
    }

    /// <summary>Whether nothing is refused.</summary>
    public static bool Passes(Action check)
    {
        try
        {
            check();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<PropertyInfo> Options(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(option => option.CanWrite);

    private static T With<T>(T options, PropertyInfo option, object? value)
        where T : notnull
    {
        object changed = Copy.Invoke(options, null)!;
        option.SetValue(changed, value);
        return (T)changed;
    }

    private static IEnumerable<object?> Possible(IEnumerable<object?> values, Func<object?, bool> isPossible)
    {
        IEnumerable<object?> possible = values.Where(isPossible);
        return values.FirstOrDefault() is int or float ? possible.Take(1) : possible;
    }

    private static IEnumerable<object?> Values(Type type, object? now, object[] others)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return now is null ? Values(inner, Activator.CreateInstance(inner), others).Prepend(Activator.CreateInstance(inner)) : Values(inner, now, others).Append(null);
        if (others.Where(type.IsInstanceOfType).ToArray() is { Length: > 0 } given)
            return given;
        return now switch
        {
            bool isOn => [!isOn],
            int number => new object?[] { number + 1, 2 * number, number / 2, number - 1 }.Where(value => !now.Equals(value)),
            float number => new object?[] { number == 0 ? 0.05f : number / 2, 0f }.Where(value => !now.Equals(value)),
            Enum => Enum.GetValues(type).Cast<object?>().Where(value => !now.Equals(value)),
            _ => throw new InvalidOperationException($"OptionWalk knows no other value of a {type}; give it one."),
        };
    }
}
