namespace ImageSig;

/// <content>Questions to a sequence, and single items of it.</content>
internal static partial class Sequences
{
    public static bool All<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
            if (!predicate(item))
                return false;
        return true;
    }

    public static bool Any<TSource>(this IEnumerable<TSource> source)
    {
        foreach (TSource _ in source)
            return true;
        return false;
    }

    public static bool Any<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
            if (predicate(item))
                return true;
        return false;
    }

    public static bool Contains<TSource>(this IEnumerable<TSource> source, TSource value)
    {
        if (source is ICollection<TSource> collection)
            return collection.Contains(value);
        return source.Any(item => EqualityComparer<TSource>.Default.Equals(item, value));
    }

    public static bool Contains<TSource>(this IEnumerable<TSource> source, TSource value, IEqualityComparer<TSource> comparer) => source.Any(item => comparer.Equals(item, value));

    public static int Count<TSource>(this IEnumerable<TSource> source)
    {
        if (source is ICollection<TSource> collection)
            return collection.Count;
        int count = 0;
        foreach (TSource _ in source)
            count = checked(count + 1);
        return count;
    }

    public static int Count<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        int count = 0;
        foreach (TSource item in source)
            if (predicate(item))
                count = checked(count + 1);
        return count;
    }

    public static TSource First<TSource>(this IEnumerable<TSource> source)
    {
        foreach (TSource item in source)
            return item;
        throw new InvalidOperationException("The sequence is empty.");
    }

    public static TSource First<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
            if (predicate(item))
                return item;
        throw new InvalidOperationException("The sequence has no such item.");
    }

    public static TSource? FirstOrDefault<TSource>(this IEnumerable<TSource> source)
    {
        foreach (TSource item in source)
            return item;
        return default;
    }

    public static TSource? FirstOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate, TSource? other = default)
    {
        foreach (TSource item in source)
            if (predicate(item))
                return item;
        return other;
    }

    public static bool SequenceEqual<TSource>(this IEnumerable<TSource> source, IEnumerable<TSource> other)
    {
        using IEnumerator<TSource> second = other.GetEnumerator();
        foreach (TSource item in source)
            if (!second.MoveNext() || !EqualityComparer<TSource>.Default.Equals(item, second.Current))
                return false;
        return !second.MoveNext();
    }
}
