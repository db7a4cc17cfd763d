namespace ImageSig;

/// <summary>Items of one key, in the order in which they came.</summary>
internal sealed class Group<TKey, TItem>(TKey key) : List<TItem>
{
    public TKey Key => key;
}
