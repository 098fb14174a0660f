using System.Text.Json;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Oracle;

/// <summary>Files of the bootstrap weights' model against the curve that was recorded with another library in 32-bit floats.</summary>
public class KodakCurveTests
{
    private const string Curve = "models/bootstrap-curve.json";

    [SharedFact(Curve, "data/kodak", BootstrapModel.Weights, BootstrapModel.Calibration)]
    public async Task RateAndPsnr_AreThoseOfTheRecordedCurve()
    {
        VaeModel model = await BootstrapModel.Value;
        using JsonDocument curve = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.File(Curve)));
        foreach (string name in (string[])["kodim03.png", "kodim08.png", "kodim20.png"])
        {
            (PictureDescription picture, byte[] pixels) = await KodakPicture.ReadAsync(name);
            foreach ((int quality, int level) in ((int, int)[])[(12, 1), (45, 4)])
            {
                JsonElement recorded = curve.RootElement.GetProperty("levels")[level].GetProperty("pictures").EnumerateArray().Single(entry => entry.GetProperty("picture").GetString() == name);
                double bpp = recorded.GetProperty("bpp").GetDouble(), psnr = recorded.GetProperty("psnr").GetDouble();
                byte[] file = VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Quality = quality, Effort = 1, Model = model });
                double actual = TestPicture.Psnr(pixels, VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model] }).Pixels);
                double bytes = bpp * picture.Width * picture.Height / 8;
                Assert.True(Math.Abs(actual - psnr) <= 0.02, $"{name}, quality {quality}: {actual:F3} dB where {psnr:F3} are recorded.");
                Assert.True(Math.Abs(file.Length - bytes) <= 0.03 * bytes, $"{name}, quality {quality}: {file.Length} bytes where {bytes:F0} are recorded.");
                if (bpp is >= 0.25 and <= 1)
                {
                    Assert.True(Math.Abs(file.Length - bytes) <= (0.02 * bytes) + 64, $"{name}, quality {quality}: {file.Length} bytes where {bytes:F0} are recorded.");
                }
            }
        }
    }
}
