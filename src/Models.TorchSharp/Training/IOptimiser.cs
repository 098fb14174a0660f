using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Changes the weights by their gradients. All of its state is in named tensors, so that a checkpoint resumes to the bit.</summary>
internal interface IOptimiser : IDisposable
{
    /// <summary>Changes the weights by their gradients and clears these.</summary>
    /// <param name="rate">The learning rate of this step.</param>
    void Step(double rate);

    /// <summary>Adds the state to a checkpoint.</summary>
    void Save(SafetensorsFile file);

    /// <summary>Takes the state from a checkpoint.</summary>
    /// <exception cref="ModelFileException">It lacks some of it.</exception>
    void Load(SafetensorsFile file);
}
