namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Sections 13.1, 13.3 and 13.5: a tile's pixels in raster order, of a pixel the planes in order.</summary>
internal sealed class LosslessTileDecoder
{
    private const int PredictedSamples = 0;

    private readonly Grid<int> _samples;
    private readonly int _maximum;
    private readonly Plane[] _planes;
    private readonly ArithmeticReader _bits;
    private readonly ResidualReader _residuals;

    /// <param name="codedBytes">The tile's coded bytes.</param>
    /// <param name="samples">Where its samples go.</param>
    /// <param name="maximum">The greatest value of a sample.</param>
    public LosslessTileDecoder(byte[] codedBytes, Grid<int> samples, int maximum)
    {
        DecodingException.Require(codedBytes[0] == PredictedSamples, FailureKind.UnsupportedFeature, $"The way {codedBytes[0]} of coding.");
        _samples = samples;
        _maximum = maximum;
        _planes = [.. Enumerable.Range(0, samples.Channels).Select(k => new Plane(k, samples.Rows, samples.Columns, PlaneTransform.LeastSample(k, maximum), maximum))];
        _bits = new ArithmeticReader(codedBytes[1..]);
        _residuals = new ResidualReader(_bits, new DecisionModel());
    }

    /// <summary>Decodes the whole tile.</summary>
    public void Decode()
    {
        for (int row = 0; row < _samples.Rows; row++)
        {
            for (int column = 0; column < _samples.Columns; column++)
            {
                DecodePixel(row, column);
            }
        }

        _bits.RequireEnd();
    }

    private void DecodePixel(int row, int column)
    {
        int[] values = new int[_planes.Length];
        for (int k = 0; k < _planes.Length; k++)
        {
            Predictor predictor = new(_planes, k, row, column);
            Prediction prediction = predictor.Predict();
            ContextFinder contexts = new(_planes, k, row, column, prediction);
            int residual = _residuals.Read(contexts.Find());
            values[k] = prediction.Level + residual;
            predictor.Learn(prediction, values[k]);
            _planes[k].Residuals.Set(row, column, residual);
        }

        int[] pixel = PlaneTransform.ToSamples(values);
        for (int channel = 0; channel < pixel.Length; channel++)
        {
            bool inRange = pixel[channel] >= 0 && pixel[channel] <= _maximum;
            DecodingException.Require(inRange, FailureKind.CorruptSymbols, $"The sample {pixel[channel]}.");
            _samples[row, column, channel] = pixel[channel];
        }
    }
}
