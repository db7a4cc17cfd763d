namespace ImageSig;

/// <summary>A value and the word that stands for it. A class, and no tuple: lists of it need no code of their own for each type of value.</summary>
internal sealed class Named<T>(string name, T value)
{
    public string Name => name;

    public T Value => value;
}
