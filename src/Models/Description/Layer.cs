namespace VaeCodec.Models.Description;

/// <summary>One layer of a network, as data. The vocabulary is closed: what is not here no interpreter has to know.</summary>
public abstract record Layer
{
    private protected Layer()
    {
    }
}
