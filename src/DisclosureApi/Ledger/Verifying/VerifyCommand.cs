using System.CommandLine;
using System.Security.Cryptography;
using Disclosure.Ledger;

namespace DisclosureApi.Ledger.Verifying;

/// <summary><c>verify FILE</c>: checks a bundle of evidence offline.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The bundle, as …/evidence gives it" };
        var key = new Option<FileInfo?>("--key") { Description = "The ledger's public key (PEM) from a source that you trust; without it the bundle's own is believed" };
        var command = new Command("verify", "Checks a bundle of evidence offline; the exit code is not zero when anything is wrong") { file, key };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(key)));
        return command;
    }

    private static int Run(FileInfo file, FileInfo? trusted)
    {
        try
        {
            using var stream = file.OpenRead();
            var check = new EvidenceCheck(EvidenceFile.Open(stream));
            var faults = check.Faults().ToList();
            if (trusted is not null && check.Key is { } signer && !signer.Der.AsSpan().SequenceEqual(Trusted(trusted)))
            {
                faults.Add($"checkpoint.txt: it is signed by another key than {trusted.Name} holds");
            }
            faults.ForEach(fault => Console.Error.WriteLine($"FAULT  {fault}"));
            if (faults.Count > 0)
            {
                return 1;
            }
            Console.WriteLine($"Every file is as it was given out: {check.Events} events and {check.Revisions} revisions of the ledger {check.Checkpoint!.Origin}, as of its size {check.Checkpoint.Size}.");
            Console.WriteLine($"The checkpoint is signed by the key with SHA-256 {Convert.ToHexStringLower(SHA256.HashData(check.Key!.Der))}.");
            Console.WriteLine(trusted is null ? "Compare that with the key that the operator publishes elsewhere, or give it as --key." : "That is the key you trust.");
            return 0;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            Console.Error.WriteLine($"FAULT  {file.Name}: {fault.Message}");
            return 1;
        }
    }

    private static byte[] Trusted(FileInfo pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(pem.FullName));
        return NoteKey.Of(key).Der;
    }
}
