using System.Runtime.Intrinsics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Tensors;

/// <summary>A number by itself has the bits that it has in a register.</summary>
public sealed unsafe class LaneTests
{
    private static readonly float[] Values = [0, -0f, 1, -1, 0.3f, -2.5f, 1e-40f, 3e38f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];

    [Fact]
    public void One_lane_has_the_bits_of_a_register_in_every_operation()
    {
        foreach (float a in Values)
            foreach (float b in Values)
                foreach (float c in Values)
                {
                    uint[] alone = Results<OneLane, float>(a, b, c), register = Results<Lanes128<float>, Vector128<float>>(a, b, c);
                    Assert.True(alone.SequenceEqual(register), $"{a}, {b}, {c}: {string.Join(" ", alone)}, in a register {string.Join(" ", register)}");
                }
    }

    [Fact]
    public void A_sweep_comes_to_every_number_once_whatever_the_length()
    {
        for (int length = 0; length <= 256; length++)
        {
            int[] times = new int[length + 16];
            fixed (int* count = times)
                LaneDispatch.Sweep(length, new CountSweep(count));
            Assert.All(times[..length], time => Assert.Equal(1, time));
            Assert.All(times[length..], time => Assert.Equal(0, time));
        }
    }

    private static uint[] Results<TLanes, TVector>(float a, float b, float c)
        where TLanes : struct, ILaneArithmetic<TVector, float>
        where TVector : struct
    {
        TVector x = TLanes.Broadcast(a), y = TLanes.Broadcast(b), z = TLanes.Broadcast(c), mask = TLanes.GreaterThan(x, y);
        TVector exponent = TLanes.Broadcast(float.IsFinite(a) ? Math.Clamp(MathF.Round(a), -126, 127) : 0);
        return
        [
            Bits<TLanes, TVector>(TLanes.Add(x, y)), Bits<TLanes, TVector>(TLanes.Subtract(x, y)), Bits<TLanes, TVector>(TLanes.Multiply(x, y)),
            Bits<TLanes, TVector>(TLanes.Divide(x, y)), Bits<TLanes, TVector>(TLanes.SquareRoot(x)), Bits<TLanes, TVector>(TLanes.MultiplyAdd(x, y, z)),
            Bits<TLanes, TVector>(TLanes.Maximum(x, y)), Bits<TLanes, TVector>(TLanes.Minimum(x, y)), Bits<TLanes, TVector>(mask),
            Bits<TLanes, TVector>(TLanes.AreEqual(x, y)), Bits<TLanes, TVector>(TLanes.Select(mask, x, z)), Bits<TLanes, TVector>(TLanes.And(x, y)),
            Bits<TLanes, TVector>(TLanes.AndNot(x, y)), Bits<TLanes, TVector>(TLanes.Or(x, y)), Bits<TLanes, TVector>(TLanes.PowerOfTwo(exponent)),
            Bits<TLanes, TVector>(TLanes.StretchBits(TLanes.AndNot(x, TLanes.Broadcast(-0f)), TLanes.Broadcast(1 / 3f), TLanes.Broadcast(7e8f))),
            Bits<TLanes, TVector>(TLanes.Round(TLanes.Broadcast(Math.Abs(a) < 1e6f ? a : 0))),
        ];
    }

    /// <summary>NaN has many bits, and which of them is not promised.</summary>
    private static uint Bits<TLanes, TVector>(TVector value)
        where TLanes : struct, ILaneArithmetic<TVector, float>
        where TVector : struct
    {
        float* numbers = stackalloc float[TLanes.Width];
        TLanes.Store(value, numbers);
        return BitConverter.SingleToUInt32Bits(*numbers) is var bits && float.IsNaN(*numbers) && bits != uint.MaxValue ? BitConverter.SingleToUInt32Bits(float.NaN) : bits;
    }

    private readonly struct CountSweep(int* times) : ILaneSweep
    {
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            Assert.Equal(0, (to - from) % TLanes.Width);
            for (int i = from; i < to; i++)
                times[i]++;
        }
    }
}
