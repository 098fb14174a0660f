namespace VaeCodec.Metrics.Tests.Support;

/// <summary>A test that needs the published curves beside the repository, and is skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CurveFactAttribute : FactAttribute
{
    /// <summary>Looks for them.</summary>
    public CurveFactAttribute()
    {
        if (PublishedCurves.Path is null)
        {
            Skip = "../shared/research/kodak_rd.json is absent (it is not part of the repository).";
        }
    }
}
