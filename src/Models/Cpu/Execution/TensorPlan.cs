namespace VaeCodec.Models.Cpu.Execution;

/// <summary>One tensor of a compiled network.</summary>
/// <param name="PixelStride">Elements from one pixel to the next.</param>
/// <param name="Up">Its width is the network input's times this,</param>
/// <param name="Down">divided by this.</param>
/// <param name="RowStep">Rows come so many at a time.</param>
internal readonly record struct TensorPlan(int PixelStride, int Up, int Down, int RowStep);
