using System.Collections;

namespace ImageSig;

/// <summary>Those of LINQ's methods that are used with many types, which code in this namespace and below finds before LINQ's own. Those have up to five kinds of iterator for each pair of
/// types, made for long lists and for what may follow; of each the program would hold a copy. These have one, and what they are used for is short.</summary>
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

    public static IEnumerable<TResult> OfType<TResult>(this IEnumerable source)
    {
        foreach (object? item in source)
            if (item is TResult result)
                yield return result;
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

    public static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
            if (predicate(item))
                yield return item;
    }

    public static IEnumerable<(TFirst First, TSecond Second)> Zip<TFirst, TSecond>(this IEnumerable<TFirst> source, IEnumerable<TSecond> other)
    {
        using IEnumerator<TSecond> second = other.GetEnumerator();
        foreach (TFirst first in source)
        {
            if (!second.MoveNext())
                yield break;
            yield return (first, second.Current);
        }
    }

    public static IEnumerable<TResult> Zip<TFirst, TSecond, TResult>(this IEnumerable<TFirst> source, IEnumerable<TSecond> other, Func<TFirst, TSecond, TResult> join) =>
        source.Zip(other).Select(pair => join(pair.First, pair.Second));
}
