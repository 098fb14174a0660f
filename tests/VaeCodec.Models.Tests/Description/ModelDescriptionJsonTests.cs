using VaeCodec.Models.Description;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Description;

public class ModelDescriptionJsonTests
{
    [Fact]
    public void WritingAndReading_IsCanonical()
    {
        foreach (ModelDescription description in (ModelDescription[])[TinyModel.Description, ModelDescription.Standard(), ModelDescription.Standard(48)])
        {
            string text = ModelDescriptionJson.Write(description);
            ModelDescription again = ModelDescriptionJson.Read(text);
            Assert.Equal(text, ModelDescriptionJson.Write(again));
            foreach ((NetworkDescription expected, NetworkDescription actual) in description.Networks.Zip(again.Networks))
            {
                Assert.Equal(expected.Name, actual.Name);
                Assert.Equal(expected.IsSingle, actual.IsSingle);
                Assert.Equal(expected.Layers, actual.Layers);
            }
        }
    }

    [Fact]
    public void OrderSpacesAndUnknownNames_DoNotReachTheCanonicalText()
    {
        string text = ModelDescriptionJson.Write(TinyModel.Description);
        string spaced = text.Replace(",", " ,\n ", StringComparison.Ordinal).Replace("{\"latent_channels\":6 ,\n \"hyper_channels\":5", "{\"comment\":[1],\"hyper_channels\":5,\"latent_channels\":6", StringComparison.Ordinal);
        Assert.Contains("comment", spaced, StringComparison.Ordinal);
        Assert.Equal(text, ModelDescriptionJson.Write(ModelDescriptionJson.Read(spaced)));
    }

    [Fact]
    public void TheMethodOfConvolutions_IsWrittenOnlyWhereItIsNotDirect()
    {
        ModelDescription winograd = TinyModel.Description with { Convolutions = ConvolutionMethod.Winograd };
        string text = ModelDescriptionJson.Write(winograd);
        Assert.Contains("\"scales\":16,\"convolutions\":\"winograd\",\"analysis.linear\"".Replace("16", $"{winograd.Scales}", StringComparison.Ordinal), text, StringComparison.Ordinal);
        Assert.Equal(ConvolutionMethod.Winograd, ModelDescriptionJson.Read(text).Convolutions);
        Assert.DoesNotContain("convolutions", ModelDescriptionJson.Write(TinyModel.Description), StringComparison.Ordinal);
        foreach (string other in (string[])["\"fft\"", "\"direct\"", "1", "null"])
        {
            ModelFileException exception = Assert.Throws<ModelFileException>(() => ModelDescriptionJson.Read(text.Replace("\"winograd\"", other, StringComparison.Ordinal)));
            Assert.Contains("convolutions", exception.Message + exception.InnerException, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("\"latent_channels\":6", "\"latent_channels\":\"6\"")]
    [InlineData("\"latent_channels\":6", "\"latent_channels\":6.5")]
    [InlineData("\"latent_channels\":6", "\"latent_channels\":99999999999")]
    [InlineData("\"latent_channels\":6", "\"latent\":6")]
    [InlineData("\"layer\":\"leaky_relu\"", "\"layer\":\"relu\"")]
    [InlineData("\"layer\":\"leaky_relu\"", "\"layer\":1")]
    [InlineData("\"layer\":\"leaky_relu\"", "\"kind\":\"leaky_relu\"")]
    [InlineData("\"slope\":0.1", "\"slope\":\"0.1\"")]
    [InlineData("\"slope\":0.1", "\"slope\":1e999")]
    [InlineData("\"bias\":true", "\"bias\":1")]
    [InlineData("\"kernel\":3", "\"kernel\":null")]
    [InlineData("\"hyper_analysis\":[", "\"hyper_analysis\":{},\"x\":[")]
    [InlineData("\"hyper_analysis\":[", "\"hyper_analysis\":[[],")]
    [InlineData("}]}", "}]")]
    public void TextsThatAreNotADescription_AreRefused(string what, string with)
    {
        string text = ModelDescriptionJson.Write(TinyModel.Description);
        string bad = text.Replace(what, with, StringComparison.Ordinal);
        Assert.NotEqual(text, bad);
        Assert.Throws<ModelFileException>(() => ModelDescriptionJson.Read(bad));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("1")]
    [InlineData("{\"latent_channels\":6")]
    [InlineData("[[[[[[[[[[[[1]]]]]]]]]]]]")]
    public void OtherJson_IsRefused(string text) => Assert.Throws<ModelFileException>(() => ModelDescriptionJson.Read(text));

    [Fact]
    public void SeededMutations_GiveADescriptionOrAModelFileException()
    {
        string text = ModelDescriptionJson.Write(TinyModel.Description);
        int refused = 0;
        for (int seed = 0; seed < 10_000; seed++)
        {
            Random random = new(seed);
            char[] characters = text.ToCharArray();
            for (int count = random.Next(1, 4); count > 0; count--)
            {
                int digit = random.Next(characters.Length);
                while (random.Next(4) != 0 && !char.IsAsciiDigit(characters[digit]))
                {
                    digit = (digit + 1) % characters.Length;
                }

                characters[digit] = "0123456789-.e[]{},:\"x"[random.Next(21)];
            }

            try
            {
                ModelDescriptionJson.Read(new string(characters)).Validate();
            }
            catch (ModelFileException)
            {
                refused++;
            }
        }

        Assert.True(refused > 8000, $"Only {refused} of 10000 damaged texts were refused.");
    }
}
