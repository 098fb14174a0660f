namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Sums measures of steps.</summary>
internal sealed class TrainingAverages
{
    private TrainingMeasures _sum;
    private int _count;

    public TrainingMeasures Mean => new(_sum.Loss / _count, _sum.BitsPerPixel / _count, _sum.Psnr / _count, _sum.GradientNorm / _count);

    public void Add(TrainingMeasures measures)
    {
        _sum = new(_sum.Loss + measures.Loss, _sum.BitsPerPixel + measures.BitsPerPixel, _sum.Psnr + measures.Psnr, _sum.GradientNorm + measures.GradientNorm);
        _count++;
    }
}
