using VaeCodec.Bundling;
using VaeCodec.Conformance.Tests.Support;
using Xunit.Abstractions;

namespace VaeCodec.Conformance.Tests.Frozen;

public class FrozenModelRegeneration(ITestOutputHelper output)
{
    [RegenerationFact("model")]
    public async Task WriteTheModel()
    {
        (byte[] file, RateReport report) = await FrozenModelBuilder.BuildAsync();
        await File.WriteAllBytesAsync(FrozenModel.FilePath, file);
        output.WriteLine($"{file.Length} bytes; {report.Samples} samples, {report.FloatBits:F0} bits with floats, {report.IntegerBits:F0} in integers ({report.Loss:P2} lost)");
    }

    [RegenerationFact("winograd-model")]
    public Task WriteTheModelWithWinogradsConvolutions() => File.WriteAllBytesAsync(FrozenModel.PathOf(FrozenModel.Winograd), FrozenModelBuilder.WithWinograd());
}
