namespace ImageSig.Benchmarks.Running;

/// <summary>What a class of benchmarks measures, as the tables name it.</summary>
/// <param name="name">In lower case, such as "signature".</param>
/// <param name="place">Where in the tables it stands.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TopicAttribute(string name, int place) : Attribute
{
    public string Name { get; } = name;

    public int Place { get; } = place;
}
