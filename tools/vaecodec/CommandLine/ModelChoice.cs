using VaeCodec.Generation;

namespace VaeCodec.Tool;

/// <summary>Finds the model that --model names.</summary>
internal static class ModelChoice
{
    /// <summary>The name of the built-in model.</summary>
    public const string StandardName = "standard";

    /// <summary>Begins to load the standard model where the arguments look as if it was needed: that takes as long as parsing them, and there is a second core as a rule.</summary>
    /// <param name="args">The arguments.</param>
    public static void LoadAhead(string[] args)
    {
        if (args is not ["encode" or "decode", ..] || args.Any(NamesAnotherWay))
        {
            return;
        }

        // What fails here fails again where the command asks for the model, and is reported there.
        _ = args[0] == "encode" ? Task.Run(() => VaeModel.Standard.PrepareForEncoding()) : Task.Run(() => VaeModel.Standard.PrepareForDecoding());
    }

    private static bool NamesAnotherWay(string argument)
        => argument.StartsWith(SharedOptions.ModelName, StringComparison.Ordinal)
            || argument.StartsWith(SharedOptions.MaxErrorName, StringComparison.Ordinal)
            || argument.StartsWith(DecodeCommand.ScaleName, StringComparison.Ordinal)
            || argument == SharedOptions.LosslessName;

    /// <summary>Finds a model.</summary>
    /// <param name="nameOrFile">A built-in name or a path; null is the standard model.</param>
    /// <returns>The model; null for the standard one, which loads itself when it is first used.</returns>
    /// <exception cref="VaeModelException">Missing or not acceptable.</exception>
    /// <exception cref="UsageException">A built-in model that codes no files.</exception>
    public static VaeModel? Find(string? nameOrFile)
    {
        if (nameOrFile is null or StandardName)
        {
            return null;
        }

        if (nameOrFile == SmallVae.Name)
        {
            throw new UsageException($"the model '{SmallVae.Name}' codes no files: sample, interpolate and recover take it");
        }

        return File.Exists(nameOrFile)
            ? VaeModel.Load(nameOrFile)
            : throw new VaeModelException(
                VaeError.ModelMissing,
                $"There is no model '{nameOrFile}': no built-in one has that name ('vaecodec models' lists them) and no such file exists.");
    }
}
