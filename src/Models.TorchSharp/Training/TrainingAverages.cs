namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Sums measures of steps.</summary>
internal sealed class TrainingAverages
{
    private TrainingMeasures _sum;

    /// <summary>Steps summed.</summary>
    public int Count { get; private set; }

    /// <summary>Their mean.</summary>
    public TrainingMeasures Mean => new(_sum.Loss / Count, _sum.BitsPerPixel / Count, _sum.Psnr / Count, _sum.GradientNorm / Count);

    /// <summary>Adds a step.</summary>
    public void Add(TrainingMeasures measures)
    {
        _sum = new(_sum.Loss + measures.Loss, _sum.BitsPerPixel + measures.BitsPerPixel, _sum.Psnr + measures.Psnr, _sum.GradientNorm + measures.GradientNorm);
        Count++;
    }
}
