namespace ImageSig.Tests.Support;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class FakeClock : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
