namespace VaeCodec.Tests.Support;

/// <summary>Tests that run while no others do.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
