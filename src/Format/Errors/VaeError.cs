namespace VaeCodec;

/// <summary>What went wrong, in a form a program can switch on. Every <see cref="VaeException"/> carries one.</summary>
public enum VaeError
{
    /// <summary>A failure that has no code of its own, for example an I/O error wrapped for its context.</summary>
    Failure = 0,

    /// <summary>The input does not start with the signature of its format.</summary>
    BadSignature,

    /// <summary>The input ended before the data it promises.</summary>
    Truncated,

    /// <summary>A checksum does not match the bytes it covers.</summary>
    ChecksumMismatch,

    /// <summary>A field holds a value the format does not allow.</summary>
    InvalidField,

    /// <summary>Sections come in an order the format does not allow, or one is missing or repeated.</summary>
    InvalidOrder,

    /// <summary>The entropy-coded data do not end in the state the coder must end in, or the decoded symbols do not match their checksum.</summary>
    CorruptSymbols,

    /// <summary>Bytes follow where the format allows none.</summary>
    TrailingData,

    /// <summary>The file needs a newer major version of the format.</summary>
    UnsupportedVersion,

    /// <summary>The file holds something that a decoder must understand and this one does not.</summary>
    UnsupportedFeature,

    /// <summary>A stated limit (pixels, side, section size, memory) would be exceeded.</summary>
    LimitExceeded,

    /// <summary>The model that the file names is not at hand, or another one than it needs was given.</summary>
    ModelMissing,

    /// <summary>A model file is damaged or not acceptable.</summary>
    ModelInvalid,

    /// <summary>The region that was asked for does not lie within the picture.</summary>
    RegionOutside,

    /// <summary>No quality gives the size or the nearness to the original that was asked for.</summary>
    TargetUnreachable,
}
