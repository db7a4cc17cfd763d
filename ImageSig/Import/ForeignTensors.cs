using ImageSig.Tensors;

namespace ImageSig.Import;

/// <summary>The tensors of another program's file in the order of a model's parameters.</summary>
internal static class ForeignTensors
{
    /// <summary>What other programs call a tensor, by its place among those of its layer; all else stands behind.</summary>
    private static readonly string[][] Roles =
    [
        ["weight", "kernel", "gamma", "scale", "embedding", "embeddings"], ["bias", "beta", "shift"], ["mean", "running_mean", "moving_mean"],
        ["variance", "var", "running_var", "moving_variance"],
    ];

    private static readonly char[] Separators = ['.', '/'];

    /// <summary>By name where every parameter has a tensor of its name. Else in the order of the file (where that is the order of the alphabet, as Python's writer leaves it, numbers count as numbers), within a
    /// layer weight or scale first, then bias or shift, mean and variance.</summary>
    /// <param name="tensors">In the order of the file.</param>
    /// <param name="parameters">Names of the model's parameters, in order.</param>
    public static IReadOnlyList<SafetensorsEntry> Ordered(IReadOnlyList<SafetensorsEntry> tensors, IReadOnlyList<string> parameters)
    {
        Dictionary<string, SafetensorsEntry> named = tensors.ToDictionary(tensor => tensor.Name);
        if (parameters.All(named.ContainsKey))
            return [.. parameters.Select(name => named[name])];
        bool isAlphabetic = tensors.Zip(tensors.Skip(1), (one, next) => string.CompareOrdinal(one.Name, next.Name) < 0).All(isBefore => isBefore);
        IEnumerable<SafetensorsEntry> inOrder = isAlphabetic ? tensors.OrderBy(tensor => tensor.Name, Comparer<string>.Create(CompareNumbers)) : tensors;
        return [.. inOrder.GroupBy(tensor => Split(tensor.Name).Layer).SelectMany(layer => layer.OrderBy(tensor => RoleOf(Split(tensor.Name).Last)))];
    }

    /// <summary>Whether every parameter has a tensor of its name, and nothing is lost with the others: the means and variances of normalizations would be.</summary>
    /// <param name="tensors">Of the file.</param>
    /// <param name="parameters">Names of the model's parameters.</param>
    public static bool NamesDecide(IReadOnlyList<SafetensorsEntry> tensors, IEnumerable<string> parameters)
    {
        HashSet<string> left = [.. tensors.Select(tensor => tensor.Name)];
        return parameters.All(left.Remove) && !left.Any(name => RoleOf(Split(name).Last) is 2 or 3);
    }

    /// <summary>Compares names in which runs of digits count as numbers: 2 before 10.</summary>
    internal static int CompareNumbers(string one, string other)
    {
        int i = 0, j = 0;
        while (i < one.Length && j < other.Length)
        {
            int endOne = EndOfDigits(one, i), endOther = EndOfDigits(other, j);
            if (endOne > i && endOther > j)
            {
                ReadOnlySpan<char> first = one.AsSpan(i, endOne - i).TrimStart('0'), second = other.AsSpan(j, endOther - j).TrimStart('0');
                int order = first.Length != second.Length ? first.Length - second.Length : first.SequenceCompareTo(second);
                if (order != 0)
                    return order;
                (i, j) = (endOne, endOther);
            }
            else if (one[i] != other[j])
                return one[i] - other[j];
            else
                (i, j) = (i + 1, j + 1);
        }
        return one.Length - i - (other.Length - j);
    }

    private static int EndOfDigits(string text, int start)
    {
        while (start < text.Length && char.IsAsciiDigit(text[start]))
            start++;
        return start;
    }

    private static (string Layer, string Last) Split(string name)
    {
        int at = name.LastIndexOfAny(Separators);
        return at < 0 ? ("", name) : (name[..at], name[(at + 1)..]);
    }

    private static int RoleOf(string last)
    {
        // Keras appends ":0".
        int role = Array.FindIndex(Roles, names => names.Contains(last.Split(':')[0]));
        return role < 0 ? Roles.Length : role;
    }
}
