using VaeCodec.Models.Description;
using TorchSharp;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Rate and distortion of the model over whole pictures: entropy in place of files, symbols in place of noise.</summary>
public static class Validator
{
    /// <summary>Measures.</summary>
    /// <param name="model">The model; its weights as they are.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="levels">Levels to measure at.</param>
    /// <param name="type">Type to compute in.</param>
    public static IReadOnlyList<ValidationPoint> Measure(TorchModel model, PictureSet pictures, IReadOnlyList<float> levels, ScalarType type)
    {
        using IDisposable noGrad = no_grad();
        List<ValidationPoint> points = [];
        foreach (float level in levels)
        {
            double rate = 0, quality = 0;
            foreach (DecodedPicture picture in pictures.Pictures)
            {
                using DisposeScope scope = NewDisposeScope();
                (int width, int height) = (picture.Picture.Width, picture.Picture.Height);
                float[] pixels = new float[3 * width * height];
                CropSampler.Fill(picture, 0, 0, width, height, false, pixels);
                Tensor x = tensor(pixels).reshape(1, 3, height, width).to(model.Weights.Device);
                (int right, int bottom) = (ModelDescription.PadSide(width) - width, ModelDescription.PadSide(height) - height);
                Tensor padded = nn.functional.pad(x, [0, right, 0, bottom], PaddingModes.Replicate);
                Tensor? decoded = null;
                TrainingPass pass = model.Forward(padded, [level], type, false, tap: (name, value) => decoded = name == "x_hat" ? value : decoded);
                Tensor levels8 = ((decoded!.narrow(2, 0, height).narrow(3, 0, width) + 0.5) * 255).round().clamp(0, 255);
                double error = (levels8 - ((x + 0.5) * 255)).square().mean().to(CPU).ToDouble();
                rate += pass.BitsPerPixel.to(CPU).ToDouble() * padded.shape[2] * padded.shape[3] / ((double)width * height);
                quality += 10 * Math.Log10(255.0 * 255.0 / Math.Max(error, 1e-6));
            }

            points.Add(new ValidationPoint(level, rate / pictures.Pictures.Count, quality / pictures.Pictures.Count));
        }

        return points;
    }
}
