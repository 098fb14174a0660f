using System.Globalization;
using VaeCodec.Proofs.Determinism;
using VaeCodec.Proofs.Soak;

namespace VaeCodec.Proofs;

internal static class Program
{
    private static readonly string s_vectors = Path.Combine("spec", "vectors");

    private const string Usage = """
        determinism [FOLDER [THREADS]]  decode all vectors on every vector width with 1 to 8 (or THREADS) threads and print their hashes
        files [FOLDER]                  encode the pictures of all vectors anew and print the hashes of the files, to compare with those of another machine
        soak [MINUTES [CURVE [SEED]]]   encode and decode at random, with slow, broken and cancelled pipes, and watch the memory; CURVE.csv and CURVE.svg are written
        """;

    /// <summary>Runs a proof. Exit code 0 if it holds, 1 if it does not, 2 for a usage error.</summary>
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["determinism", .. { Length: <= 2 } rest]:
                int threads = rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : VectorHashes.MostThreads;
                return VectorHashes.Print(rest.ElementAtOrDefault(0) ?? s_vectors, threads, Console.Out) ? 0 : 1;

            case ["files", .. { Length: <= 1 } folder]:
                return FileHashes.Print(folder.ElementAtOrDefault(0) ?? s_vectors, Console.Out) ? 0 : 1;

            case ["soak", .. { Length: <= 3 } rest]:
                double minutes = rest.Length > 0 ? double.Parse(rest[0], CultureInfo.InvariantCulture) : 10;
                int seed = rest.Length > 2 ? int.Parse(rest[2], CultureInfo.InvariantCulture) : 1;
                return await SoakRun.RunAsync(TimeSpan.FromMinutes(minutes), rest.ElementAtOrDefault(1), seed, Console.Out) ? 0 : 1;

            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
