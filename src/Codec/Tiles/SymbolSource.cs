namespace VaeCodec.Tiles;

/// <summary>Where the symbols of a pass come from.</summary>
internal enum SymbolSource
{
    /// <summary>They were decoded from a stream.</summary>
    Stream,

    /// <summary>Each is the integer nearest to the residual.</summary>
    Nearest,

    /// <summary>Each is chosen by its bits and its error.</summary>
    Weighed,
}
