namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Sums measures of steps. Those that are not numbers, of steps that were left out, have no part in the means.</summary>
internal sealed class TrainingAverages
{
    private TrainingMeasures _sum;
    private int _summed;

    /// <summary>Steps summed.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them have no part in the means.</summary>
    public int LeftOut => Count - _summed;

    /// <summary>Their mean.</summary>
    public TrainingMeasures Mean => new(_sum.Loss / _summed, _sum.BitsPerPixel / _summed, _sum.Psnr / _summed, _sum.GradientNorm / _summed);

    /// <summary>Adds a step.</summary>
    public void Add(TrainingMeasures measures)
    {
        Count++;
        if (!float.IsFinite((float)measures.Loss) || !float.IsFinite((float)measures.GradientNorm))
        {
            return;
        }

        _sum = new(_sum.Loss + measures.Loss, _sum.BitsPerPixel + measures.BitsPerPixel, _sum.Psnr + measures.Psnr, _sum.GradientNorm + measures.GradientNorm);
        _summed++;
    }
}
