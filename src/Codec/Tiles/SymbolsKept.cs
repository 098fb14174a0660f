namespace VaeCodec.Tiles;

/// <summary>Which symbols of latents a decode uses, for those who want to see what each part of a file is for.</summary>
internal enum SymbolsKept
{
    /// <summary>All: the picture.</summary>
    All,

    /// <summary>Those of the first pass; the others are taken for zero, so that their means stand for them.</summary>
    FirstPass,

    /// <summary>None: what the hyper-latents alone say.</summary>
    None,
}
