namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>What turns gradients into changes of the weights.</summary>
public enum OptimiserKind
{
    /// <summary>SOAP: Adam in the eigenbasis of Shampoo's preconditioner.</summary>
    Soap,

    /// <summary>Adam.</summary>
    Adam,
}
