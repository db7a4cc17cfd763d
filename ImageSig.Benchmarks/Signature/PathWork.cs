using ImageSig.Benchmarks.Plain;
using ImageSig.Benchmarks.Running;
using ImageSig.Signature;

namespace ImageSig.Benchmarks.Signature;

/// <summary>One pass over one batch of paths, by ImageSig and by plain loops.</summary>
internal sealed class PathWork
{
    private readonly PathSetting setting;
    private readonly PathPass pass;
    private readonly SignatureTransform transform;
    private readonly LogSignatureTransform logarithm;
    private readonly PlainSignature plain;
    private readonly float[] signature, series;

    public PathWork(PathSetting setting, PathPass pass)
    {
        (this.setting, this.pass) = (setting, pass);
        transform = new(setting.Channels, setting.Depth);
        logarithm = new(setting.Channels, setting.Depth, LogSignatureBasis.Words);
        plain = new(setting.Channels, setting.Depth);
        (signature, series) = (new float[plain.Length], new float[plain.Length]);
        Words = [.. LyndonWords.UpTo(setting.Channels, setting.Depth).Select(word => transform.Layout.IndexOf(word))];
        Paths = RandomNumbers.Floats(setting.Count);
        Cotangents = RandomNumbers.Centered(setting.Batch * plain.Length, seed: 2);
        int row = pass switch { PathPass.Forward => plain.Length, PathPass.LogSignature => Words.Length, _ => setting.Length * setting.Channels };
        (Ours, Plain) = (new float[setting.Batch * row], new float[setting.Batch * row]);
    }

    /// <summary>[B, T, C].</summary>
    public float[] Paths { get; }

    /// <summary>[B, F], of the backward pass.</summary>
    public float[] Cotangents { get; }

    /// <summary>Where the Lyndon words stand among the words.</summary>
    public int[] Words { get; }

    /// <summary>What ImageSig computed.</summary>
    public float[] Ours { get; }

    /// <summary>What the plain loops computed.</summary>
    public float[] Plain { get; }

    public void RunOurs()
    {
        switch (pass)
        {
            case PathPass.Forward:
                transform.Forward<float>(Paths, setting.Batch, setting.Length, Ours);
                break;
            case PathPass.LogSignature:
                logarithm.Forward<float>(Paths, setting.Batch, setting.Length, Ours);
                break;
            default:
                transform.Backward<float>(Paths, setting.Batch, setting.Length, Cotangents, Ours);
                break;
        }
    }

    public void RunPlain()
    {
        int points = setting.Length * setting.Channels, row = Plain.Length / setting.Batch;
        for (int index = 0; index < setting.Batch; index++)
        {
            ReadOnlySpan<float> path = Paths.AsSpan(index * points, points);
            Span<float> result = Plain.AsSpan(index * row, row);
            if (pass == PathPass.Backward)
            {
                plain.Backward(path, Cotangents.AsSpan(index * plain.Length, plain.Length), result);
                continue;
            }
            plain.Forward(path, pass == PathPass.Forward ? result : signature);
            if (pass == PathPass.Forward)
                continue;
            plain.Logarithm(signature, series);
            for (int word = 0; word < Words.Length; word++)
                result[word] = series[Words[word]];
        }
    }

    /// <summary>Both once, and that they agree.</summary>
    public void Check()
    {
        RunOurs();
        RunPlain();
        Agreement.Check(Programs.PlainLoop, Ours, Plain, Tolerance(pass));
    }

    /// <summary>Of the largest number. The loops of the gradient add up over all steps in float.</summary>
    public static double Tolerance(PathPass pass) => pass == PathPass.Backward ? 1e-3 : 1e-4;
}
