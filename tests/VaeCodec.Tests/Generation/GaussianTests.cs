using VaeCodec.Generation;
using VaeCodec.Models.Gaussian;

namespace VaeCodec.Tests.Generation;

/// <summary>Sampling, interpolation and recovery with the model that ships.</summary>
public sealed class GaussianTests : IDisposable
{
    private readonly GaussianVae _model = SmallVae.Load();

    [Fact]
    public void SamplesFollowTheSeed()
    {
        GaussianSampler first = new(_model, 1), again = new(_model, 1), other = new(_model, 2);
        byte[] one = first.Draw(), two = first.Draw();
        Assert.Equal(one, again.Draw());
        Assert.Equal(two, again.Draw());
        Assert.NotEqual(one, two);
        Assert.NotEqual(one, other.Draw());

        // Without temperature there is one picture: what the decoder makes of zeros.
        Assert.Equal(_model.Decode(new float[_model.Latents]), other.Draw(0));
        Assert.Equal(other.Draw(0), other.Draw(0));
    }

    [Fact]
    public void NormalsAreNormal()
    {
        StandardNormals normals = new(5);
        double[] drawn = [.. Enumerable.Range(0, 100_000).Select(_ => normals.Next())];
        Assert.Equal(0, drawn.Average(), 0.02);
        Assert.Equal(1, drawn.Average(value => value * value), 0.02);
        Assert.Equal(3, drawn.Average(value => value * value * value * value), 0.1);
        Assert.Equal(0.1587, drawn.Count(value => value > 1) / (double)drawn.Length, 0.005);
    }

    /// <summary>The code of a picture that the model drew leads back to it more closely than to others.</summary>
    [Fact]
    public void CodesLeadBack()
    {
        GaussianSampler sampler = new(_model, 3);
        byte[][] pictures = [.. Enumerable.Range(0, 8).Select(_ => sampler.Draw(0.7f))];
        foreach (byte[] picture in pictures)
        {
            byte[] back = _model.Decode([.. _model.Encode(picture).Means]);
            double own = Distance(back, picture);
            Assert.All(pictures.Where(other => other != picture), other => Assert.True(Distance(back, other) > 2 * own));
        }
    }

    [Fact]
    public void TheWayGoesFromOneEndToTheOther()
    {
        float[] from = [3, 0, 0], to = [0, 4, 0];
        Assert.Equal([3f, 0, 0], LatentInterpolation.Spherical(from, to, 0).Select(value => MathF.Round(value, 5)));
        Assert.Equal([0f, 4, 0], LatentInterpolation.Spherical(from, to, 1).Select(value => MathF.Round(value, 5)));
        float[] middle = LatentInterpolation.Spherical(from, to, 0.5);
        Assert.Equal(3.5, Math.Sqrt(middle.Sum(value => (double)value * value)), 1e-5);
        Assert.Equal(middle[0], middle[1], 1e-5);

        // Without a circle of their own codes are joined by a straight line.
        Assert.Equal([2f, 0, 0], LatentInterpolation.Spherical([1, 0, 0], [3, 0, 0], 0.5));
        Assert.Equal([0.5f, 0, 0], LatentInterpolation.Spherical([0, 0, 0], [1, 0, 0], 0.5));
        Assert.Throws<ArgumentException>(() => LatentInterpolation.Spherical([0], [1, 0], 0.5));
    }

    /// <summary>Pictures that the model can draw, with a hole or with noise: what it makes of the rest is far nearer to them than the damage is, and nearer than what the encoder alone says.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.15)]
    public void DamageIsRecovered(double noise)
    {
        int side = _model.Side;
        GaussianSampler sampler = new(_model, 4);
        StandardNormals normals = new(6);
        for (int round = 0; round < 3; round++)
        {
            byte[] original = sampler.Draw(0.8f), damaged = [.. original];
            bool[] known = [.. Enumerable.Range(0, side * side).Select(i => noise > 0 || !IsMiddle(i % side, i / side))];
            for (int i = 0; i < damaged.Length; i++)
            {
                double normal = normals.Next();
                damaged[i] = known[i / 3] ? (byte)Math.Clamp(Math.Round(original[i] + (255 * noise * normal)), 0, 255) : (byte)0;
            }

            RecoveredPicture recovered = GaussianRecovery.Recover(_model, damaged, known, noise);
            double before = Distance(damaged, original), after = Distance(recovered.Merged, original), encoder = Distance(_model.Decode([.. _model.Encode(damaged).Means]), original);
            Assert.True(after < before / 4 && after < 0.8 * encoder, $"{before} before, {after} after, {encoder} by the encoder");
            Assert.Equal(_model.Decode([.. recovered.Latents]), recovered.Mean);
            for (int i = 0; i < damaged.Length; i++)
            {
                Assert.Equal(noise == 0 && known[i / 3] ? damaged[i] : recovered.Mean[i], recovered.Merged[i]);
            }
        }

        bool IsMiddle(int x, int y) => x >= side * 5 / 16 && x < side * 11 / 16 && y >= side * 5 / 16 && y < side * 11 / 16;
    }

    [Fact]
    public void WhatCannotBeRecoveredIsRefused()
    {
        int pixels = _model.Side * _model.Side;
        Assert.Throws<ArgumentException>(() => GaussianRecovery.Recover(_model, new byte[3 * pixels], new bool[pixels]));
        Assert.Throws<ArgumentException>(() => GaussianRecovery.Recover(_model, new byte[3], [true]));
    }

    [Fact]
    public void LatentsAreSortedByUse_AndUsed()
    {
        Assert.Equal(_model.Divergences.OrderDescending(), _model.Divergences);
        Assert.True(_model.Divergences[0] > 0.5);
    }

    public void Dispose() => _model.Dispose();

    private static double Distance(byte[] left, byte[] right) => left.Zip(right, (a, b) => (double)(a - b) * (a - b)).Average();
}
