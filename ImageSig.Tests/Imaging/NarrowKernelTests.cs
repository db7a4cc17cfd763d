using System.Reflection;
using System.Runtime.Intrinsics.X86;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>The inner loops of decoding in registers of 128 bits, which on x64 stand behind those of 256.</summary>
public sealed class NarrowKernelTests
{
    [Avx2Fact]
    public void Without_AVX2_they_hold_to_their_definitions_too()
    {
        int methods = new[] { typeof(KernelTests), typeof(PngKernelTests) }.Sum(type => type.GetMethods().Count(method => method.GetCustomAttribute<FactAttribute>() is not null));
        int passed = TestProcess.Passed($"FullyQualifiedName~{nameof(Imaging)}.{nameof(KernelTests)}|FullyQualifiedName~{nameof(Imaging)}.{nameof(PngKernelTests)}", "DOTNET_EnableAVX2", "0");
        Assert.True(passed >= methods, $"{passed} tests of {methods} methods passed");
    }

    /// <summary>A test that needs a processor with AVX2.</summary>
    private sealed class Avx2FactAttribute : FactAttribute
    {
        public Avx2FactAttribute()
        {
            if (!Avx2.IsSupported)
                Skip = "this processor has no registers of 256 bits for whole numbers";
        }
    }
}
