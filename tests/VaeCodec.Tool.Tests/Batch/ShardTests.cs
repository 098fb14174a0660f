namespace VaeCodec.Tool.Tests;

public class ShardTests
{
    private static readonly string[] s_names = [.. Enumerable.Range(0, 1000).Select(i => $"folder/picture {i}.png")];

    [Theory]
    [InlineData("0/4", 0, 4)]
    [InlineData("3/4", 3, 4)]
    [InlineData("0/1", 0, 1)]
    public void SaysWhichOfHowMany(string text, int index, int count) => Assert.Equal(new Shard(index, count), Shard.Parse(text, _ => null));

    [Theory]
    [InlineData("4/4")]
    [InlineData("-1/4")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("a/b")]
    [InlineData("1/2/3")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("0/1000001")]
    [InlineData("auto")]
    [InlineData("auto/4")]
    public void IsNoneOtherwise(string text) => Assert.Throws<UsageException>(() => Shard.Parse(text, _ => null));

    [Fact]
    public void SchedulersSayWhichOne()
    {
        Assert.Equal(new Shard(2, 5), Shard.Parse("auto/5", Of((Shard.KubernetesIndex, "2"))));
        Assert.Equal(new Shard(2, 5), Shard.Parse("auto/5", Of((Shard.SlurmIndex, "2"))));

        // --array=10-40:10 has the tasks 10, 20, 30 and 40.
        Assert.Equal(new Shard(2, 4), Shard.Parse("auto", Of((Shard.SlurmIndex, "30"), ("SLURM_ARRAY_TASK_MIN", "10"), ("SLURM_ARRAY_TASK_STEP", "10"), ("SLURM_ARRAY_TASK_COUNT", "4"))));
        Assert.Equal(new Shard(2, 4), Shard.Parse("auto/4", Of((Shard.SlurmIndex, "30"), ("SLURM_ARRAY_TASK_MIN", "10"), ("SLURM_ARRAY_TASK_MAX", "40"), ("SLURM_ARRAY_TASK_STEP", "10"), ("SLURM_ARRAY_TASK_COUNT", "4"))));
        Assert.Throws<UsageException>(() => Shard.Parse("auto/2", Of((Shard.KubernetesIndex, "2"))));
        Assert.Throws<UsageException>(() => Shard.Parse("auto", Of((Shard.KubernetesIndex, "2"))));
    }

    /// <summary>Tasks of --array=0,2,5, those of an array that are submitted again, and arrays of another size: which share is theirs nobody can tell.</summary>
    [Theory]
    [InlineData("auto", 2, 0, 5, 3)]
    [InlineData("auto", 3, 3, 17, 2)]
    [InlineData("auto", 17, 17, 17, 1)]
    [InlineData("auto/64", 17, 17, 17, 1)]
    [InlineData("auto/64", 3, 0, 31, 32)]
    public void ArraysThatAreNotOneRange_AreRefused(string text, int task, int first, int last, int count)
    {
        UsageException refusal = Assert.Throws<UsageException>(() => Shard.Parse(text, Of(
            (Shard.SlurmIndex, $"{task}"), ("SLURM_ARRAY_TASK_MIN", $"{first}"), ("SLURM_ARRAY_TASK_MAX", $"{last}"), ("SLURM_ARRAY_TASK_STEP", "1"), ("SLURM_ARRAY_TASK_COUNT", $"{count}"))));
        Assert.Contains("--shard I/N", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFileBelongsToOneShard_WhateverElseThereIs()
    {
        Shard[] shards = [.. Enumerable.Range(0, 7).Select(i => new Shard(i, 7))];
        Assert.All(s_names, name => Assert.Single(shards, shard => shard.Has(name)));
        Assert.All(shards, shard => Assert.InRange(s_names.Count(shard.Has), 100, 190));
        Assert.All(s_names, name => Assert.True(new Shard(0, 1).Has(name)));

        // By SHA-256, so that it is the same on every machine and in every version.
        Assert.True(new Shard(1, 7).Has("a.png"));
    }

    private static Func<string, string?> Of(params (string Name, string Value)[] variables) => name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
