using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

/// <summary>Alone, because the peak is that of the whole process.</summary>
[Collection(nameof(AloneCollection))]
public class ResidentPeakTests
{
    [LinuxFact]
    public void ThePeakRisesWithWhatIsTouched_AndFallsWithAReset()
    {
        const int bytes = 192 << 20;
        Assert.True(ResidentPeak.TryReset());
        long before = ResidentPeak.Read()!.Value;
        Touch(bytes);
        long peak = ResidentPeak.Read()!.Value;
        Assert.InRange(peak, before + (bytes / 2), long.MaxValue);
        Assert.True(ResidentPeak.TryReset());
        Assert.InRange(ResidentPeak.Read()!.Value, 1, peak - (bytes / 2));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Touch(int bytes)
    {
        byte[] memory = GC.AllocateUninitializedArray<byte>(bytes);
        for (int i = 0; i < bytes; i += 4096)
        {
            memory[i] = 1;
        }
    }
}
