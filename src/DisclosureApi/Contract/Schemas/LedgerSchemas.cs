using Disclosure.Ledger;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>What the ledger answers where it answers JSON; openapi/LEDGER.md tells every byte of the rest.</summary>
internal static class LedgerSchemas
{
    private const long MostEvents = 999_999_999_999_999;

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("LedgerText", Text("A signed note (C2SP signed-note) in UTF-8.")),
        ("LedgerBytes", new OpenApiSchema { Description = "Bytes." }),
        ("Checkpoint", Checkpoint()),
        ("CheckpointPage", Closed("A page of checkpoints.", ("items", List("In the order in which they were signed.", Named("Checkpoint"))), ("next", Text("Address of the next page; null on the last.").OrNull())).Whole()),
        ("LedgerKeys", Closed("The ledger's public keys.", ("items", List("In the order of their first use.", Key()))).Whole()),
        ("InclusionProof", Closed("The path from an entry to the root.",
            ("position", Position()), ("index", Count("The entry's index: position − 1.")), ("size", Count("How many entries the tree has.")), ("path", Path())).Whole()),
        ("ConsistencyProof", Closed("The proof that the older tree is the beginning of the newer one.",
            ("older", Count("Size of the older tree.")), ("size", Count("Size of the newer tree.")), ("path", Path())).Whole()),
        ("Receipt", Closed("The receipt of an event, with the event.",
            ("position", Position()), ("index", Count("The entry's index: position − 1.")), ("size", Count("How many entries the tree has.")),
            ("commitment", Hash("The entry: SHA-256 over the canonical form of the envelope.")), ("envelope", Named("Envelope")), ("path", Path()), ("checkpoint", Named("LedgerText"))).Whole()),
        ("Envelope", Envelope()),
        ("Verification", Closed("A verification of the whole ledger.",
            ("number", Integer("Counted from 1; null before the first.", 1).OrNull()), ("startedAt", Time("When it began; null before the first.").OrNull()), ("finishedAt", Time("When it ended; null while it runs.").OrNull()),
            ("outcome", Choice("How it went.", ("none", "nobody asked for one yet"), ("running", "it has not ended"), ("whole", "everything is as it was signed"), ("broken", "something was changed; fault tells what"))),
            ("size", Count("How many entries were made again; null while it runs.").OrNull()),
            ("firstDifference", Position().OrNull()), ("fault", Text("What is not as it was signed; null when all is.").OrNull())).Whole()),
    ];

    public static OpenApiSchema Position() => Integer("The event's place in the one order of all events, from 1.", 1, MostEvents);

    public static OpenApiSchema Count(string description) => Integer(description, 0, MostEvents);

    private static OpenApiSchema Hash(string description) => Pattern(description, "^[0-9a-f]{64}$", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");

    private static OpenApiSchema Path() => List("Hashes of the path, each 32 bytes in Base64.", Pattern("A hash.", "^[A-Za-z0-9+/]{43}=$", Convert.ToBase64String(MerkleTree.Empty)));

    private static OpenApiSchema Checkpoint() => Closed(
        "What the ledger said of itself at one size.",
        ("epoch", Integer("Counted from 1; a restored database goes on in a new one.", 1, int.MaxValue)),
        ("origin", Text("The ledger's name in this epoch.")),
        ("size", Count("How many entries the tree had.")),
        ("root", Hash("The root of the tree.")),
        ("signedAt", Time("When it was signed.")),
        ("checkpoint", Named("LedgerText"))).Whole();

    private static OpenApiSchema Key() => Closed(
        "A public key.",
        ("hint", Pattern("The first four bytes of SHA-256 over the key's DER, as signatures name it.", "^[0-9a-f]{8}$", "0a1b2c3d")),
        ("origin", Text("The name it signs under.")),
        ("algorithm", Choice("How it signs.", ("ecdsa-p256-sha256", "ECDSA on P-256 over SHA-256, the signature as ASN.1 DER"))),
        ("publicKey", Text("SubjectPublicKeyInfo as PEM.")),
        ("firstSize", Count("Size of the first tree that it signed.")),
        ("firstUsed", Time("When it signed first."))).Whole();

    private static OpenApiSchema Envelope() => Closed(
        "An event with everything that its entry commits to. Members without a value are left out.",
        ("actor", Text("Who did it, under an id that says nothing.")),
        ("causation", Text("Id of the event that caused it.")),
        ("correlation", Text("Id of the request.")),
        ("data", Open("The event. A text that was committed to is an object of text and salt, or of its commitment alone where the text is not for the reader.")),
        ("headers", Open("Role, agency and client it was done in, and the event's own salt.")),
        ("id", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", Description = "The event's id." }),
        ("position", Position()),
        ("stream", Text("What it happened to, as report/{code}/{year}.")),
        ("time", Time("When it was stored, in microseconds.")),
        ("type", Text("What happened, as report_published.")),
        ("version", Integer("Its place in its stream, from 1.", 1))).Requiring("data", "headers", "id", "position", "stream", "time", "type", "version");
}
