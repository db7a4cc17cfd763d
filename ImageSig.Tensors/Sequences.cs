using System.Collections;

namespace ImageSig;

/// <summary>Those of LINQ's methods that are used here, in its words. LINQ's own have up to five kinds of iterator for each pair of types, made for long lists and for what may follow, and arrays
/// made of pooled pieces; of each the program would hold a copy. These have one, and what they are used for is short.</summary>
internal static partial class Sequences
{
    public static IEnumerable<TSource> Append<TSource>(this IEnumerable<TSource> source, TSource last)
    {
        foreach (TSource item in source)
            yield return item;
        yield return last;
    }

    public static IEnumerable<TSource> Concat<TSource>(this IEnumerable<TSource> source, IEnumerable<TSource> more)
    {
        foreach (TSource item in source)
            yield return item;
        foreach (TSource item in more)
            yield return item;
    }

    public static IEnumerable<TSource> Distinct<TSource>(this IEnumerable<TSource> source, IEqualityComparer<TSource>? comparer = null)
    {
        HashSet<TSource> seen = new(comparer);
        foreach (TSource item in source)
            if (seen.Add(item))
                yield return item;
    }

    public static IEnumerable<TSource> Except<TSource>(this IEnumerable<TSource> source, IEnumerable<TSource> others)
    {
        HashSet<TSource> seen = [.. others];
        foreach (TSource item in source)
            if (seen.Add(item))
                yield return item;
    }

    public static IEnumerable<TResult> OfType<TResult>(this IEnumerable source)
    {
        foreach (object? item in source)
            if (item is TResult result)
                yield return result;
    }

    public static IEnumerable<int> Range(int start, int count)
    {
        for (int i = 0; i < count; i++)
            yield return start + i;
    }

    public static IEnumerable<TSource> Repeat<TSource>(TSource item, int count)
    {
        for (int i = 0; i < count; i++)
            yield return item;
    }

    public static IEnumerable<TSource> Reverse<TSource>(this IEnumerable<TSource> source)
    {
        List<TSource> items = [.. source];
        for (int i = items.Count - 1; i >= 0; i--)
            yield return items[i];
    }

    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        foreach (TSource item in source)
            yield return selector(item);
    }

    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, TResult> selector)
    {
        int index = 0;
        foreach (TSource item in source)
            yield return selector(item, index++);
    }

    public static IEnumerable<TResult> SelectMany<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, IEnumerable<TResult>> selector)
    {
        foreach (TSource item in source)
            foreach (TResult result in selector(item))
                yield return result;
    }

    public static IEnumerable<TResult> SelectMany<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, IEnumerable<TResult>> selector) =>
        source.Select(selector).SelectMany(results => results);

    public static IEnumerable<TSource> Skip<TSource>(this IEnumerable<TSource> source, int count)
    {
        foreach (TSource item in source)
            if (count-- <= 0)
                yield return item;
    }

    public static IEnumerable<TSource> Take<TSource>(this IEnumerable<TSource> source, int count)
    {
        if (count <= 0)
            yield break;
        foreach (TSource item in source)
        {
            yield return item;
            if (--count == 0)
                yield break;
        }
    }

    public static IEnumerable<TSource> TakeWhile<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
        {
            if (!predicate(item))
                yield break;
            yield return item;
        }
    }

    public static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
            if (predicate(item))
                yield return item;
    }

    public static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, int, bool> predicate)
    {
        int index = 0;
        foreach (TSource item in source)
            if (predicate(item, index++))
                yield return item;
    }

    public static IEnumerable<(TFirst First, TSecond Second)> Zip<TFirst, TSecond>(this IEnumerable<TFirst> source, IEnumerable<TSecond> other) =>
        source.Zip(other, (first, second) => (first, second));

    public static IEnumerable<TResult> Zip<TFirst, TSecond, TResult>(this IEnumerable<TFirst> source, IEnumerable<TSecond> other, Func<TFirst, TSecond, TResult> join)
    {
        using IEnumerator<TSecond> second = other.GetEnumerator();
        foreach (TFirst first in source)
        {
            if (!second.MoveNext())
                yield break;
            yield return join(first, second.Current);
        }
    }
}
