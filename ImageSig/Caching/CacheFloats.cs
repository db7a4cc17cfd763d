namespace ImageSig;

/// <summary>How a cache keeps features.</summary>
public enum CacheFloats
{
    /// <summary>Not at all: pictures alone.</summary>
    None = 0,

    /// <summary>As they are: the model is the same as without a cache.</summary>
    Single = 32,

    /// <summary>Rounded to 16 bits, in half the room. A training takes rounded features then, whether it reads or makes them: the model is another one than without, and the same whatever the cache holds.</summary>
    Half = 16,
}
