using System.Numerics;

namespace ImageSig;

/// <content>One value of all items.</content>
internal static partial class Sequences
{
    public static TResult Aggregate<TSource, TResult>(this IEnumerable<TSource> source, TResult start, Func<TResult, TSource, TResult> join)
    {
        TResult result = start;
        foreach (TSource item in source)
            result = join(result, item);
        return result;
    }

    /// <summary>The mean; NaN of nothing.</summary>
    public static double Average(this IEnumerable<double> source) => source.Average(value => value);

    /// <summary>The mean; NaN of nothing.</summary>
    public static double Average<TSource>(this IEnumerable<TSource> source, Func<TSource, double> selector)
    {
        double sum = 0;
        long count = 0;
        foreach (TSource item in source)
        {
            sum += selector(item);
            count++;
        }
        return sum / count;
    }

    public static TSource Max<TSource>(this IEnumerable<TSource> source)
        where TSource : IComparable<TSource> => source.Max(item => item);

    /// <summary>The largest value; a NaN is smaller than any.</summary>
    public static TResult Max<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
        where TResult : IComparable<TResult> => Best(source, selector, sign: 1).Key;

    /// <summary>The first item with the largest key; an exception where there is none.</summary>
    public static TSource MaxBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> key)
        where TKey : IComparable<TKey> => Best(source, key, sign: 1).Item;

    public static TSource Min<TSource>(this IEnumerable<TSource> source)
        where TSource : IComparable<TSource> => source.Min(item => item);

    /// <summary>The smallest value; a NaN is smaller than any.</summary>
    public static TResult Min<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
        where TResult : IComparable<TResult> => Best(source, selector, sign: -1).Key;

    /// <summary>The first item with the smallest key; an exception where there is none.</summary>
    public static TSource MinBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> key)
        where TKey : IComparable<TKey> => Best(source, key, sign: -1).Item;

    public static T Sum<T>(this IEnumerable<T> source)
        where T : INumberBase<T> => source.Sum(value => value);

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">Of whole numbers: it does not fit.</exception>
    public static T Sum<TSource, T>(this IEnumerable<TSource> source, Func<TSource, T> selector)
        where T : INumberBase<T>
    {
        T sum = T.Zero;
        foreach (TSource item in source)
            sum = checked(sum + selector(item));
        return sum;
    }

    /// <summary>The first of the items whose key is the largest (sign 1) or the smallest one (-1).</summary>
    private static (TSource Item, TKey Key) Best<TSource, TKey>(IEnumerable<TSource> source, Func<TSource, TKey> key, int sign)
        where TKey : IComparable<TKey>
    {
        using IEnumerator<TSource> items = source.GetEnumerator();
        if (!items.MoveNext())
            throw new InvalidOperationException("The sequence is empty.");
        (TSource Item, TKey Key) best = (items.Current, key(items.Current));
        while (items.MoveNext())
            if (key(items.Current) is var next && sign * next.CompareTo(best.Key) > 0)
                best = (items.Current, next);
        return best;
    }
}
