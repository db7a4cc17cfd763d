namespace ImageSig;

/// <content>Collections of all items.</content>
internal static partial class Sequences
{
    public static IEnumerable<TSource[]> Chunk<TSource>(this IEnumerable<TSource> source, int size)
    {
        List<TSource> chunk = [];
        foreach (TSource item in source)
        {
            chunk.Add(item);
            if (chunk.Count < size)
                continue;
            yield return chunk.ToArray();
            chunk.Clear();
        }
        if (chunk.Count > 0)
            yield return chunk.ToArray();
    }

    /// <summary>Items of one key each, keys and items in the order in which they come; read at once.</summary>
    public static IReadOnlyList<Group<TKey, TSource>> GroupBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> key, IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        Dictionary<TKey, Group<TKey, TSource>> known = new(comparer);
        List<Group<TKey, TSource>> groups = [];
        foreach (TSource item in source)
        {
            TKey own = key(item);
            if (!known.TryGetValue(own, out Group<TKey, TSource>? group))
            {
                known.Add(own, group = new(own));
                groups.Add(group);
            }
            group.Add(item);
        }
        return groups;
    }

    public static TSource[] ToArray<TSource>(this IEnumerable<TSource> source) => [.. source];

    public static Dictionary<TKey, TSource> ToDictionary<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> key)
        where TKey : notnull => source.ToDictionary(key, item => item);

    public static Dictionary<TKey, TValue> ToDictionary<TSource, TKey, TValue>(this IEnumerable<TSource> source, Func<TSource, TKey> key, Func<TSource, TValue> value)
        where TKey : notnull
    {
        Dictionary<TKey, TValue> dictionary = [];
        foreach (TSource item in source)
            dictionary.Add(key(item), value(item));
        return dictionary;
    }
}
