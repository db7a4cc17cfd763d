namespace ImageSig;

/// <content>Sorting. What is equal stays in its order, so that to sort by two keys is to sort by the second one first.</content>
internal static partial class Sequences
{
    public static IEnumerable<TSource> Order<TSource>(this IEnumerable<TSource> source, IComparer<TSource>? comparer = null) => source.OrderBy(item => item, comparer);

    public static IEnumerable<TSource> OrderBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> key, IComparer<TKey>? comparer = null) =>
        Sorted(source, key, comparer ?? Comparer<TKey>.Default, isDescending: false);

    public static IEnumerable<TSource> OrderByDescending<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> key) =>
        Sorted(source, key, Comparer<TKey>.Default, isDescending: true);

    private static IEnumerable<TSource> Sorted<TSource, TKey>(IEnumerable<TSource> source, Func<TSource, TKey> key, IComparer<TKey> comparer, bool isDescending)
    {
        List<TSource> items = [.. source];
        TKey[] keys = new TKey[items.Count];
        int[] order = new int[items.Count];
        for (int i = 0; i < order.Length; i++)
            (keys[i], order[i]) = (key(items[i]), i);
        Array.Sort(order, (one, other) =>
        {
            int sign = isDescending ? comparer.Compare(keys[other], keys[one]) : comparer.Compare(keys[one], keys[other]);
            return sign == 0 ? one.CompareTo(other) : sign;
        });
        foreach (int index in order)
            yield return items[index];
    }
}
