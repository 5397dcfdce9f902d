namespace DisclosureApi.Ledger.Evidence;

/// <summary>What a person finds who opens the bundle years later.</summary>
internal static class EvidenceReadme
{
    public const string Text =
        """
        Evidence of an annual report on open government information (政府信息公开工作年度报告)

        revisions/N/report.json   revision N, byte for byte as it was public
        revisions/N/content.json  its content as it was hashed: each text beside its salt
        events.jsonl              the events, one a line; a text that is not public stands as its commitment
        agency.jsonl              the agency's entries in the register under which the revisions were published
        proofs/P.tlog-proof       the receipt of the event at position P
        checkpoint.txt            the signed checkpoint that all receipts lead to
        keys.json                 the ledger's public keys; compare them with those that the operator publishes elsewhere
        originals/H               the document that was filed, by the SHA-256 of its bytes, where it may be shown
        SHA256SUMS                the hash of every file; check with: sha256sum -c SHA256SUMS

        How it hangs together

        1. Commitment of a text: SHA-256 over the 16 bytes of its salt (hexadecimal) and its bytes in UTF-8.
        2. Canonical form: JSON after RFC 8785, in which an object of exactly "text" and "salt" is replaced by its
           commitment as a string of 64 hexadecimal digits, and an object that holds a "commitment" by that.
        3. Entry of an event: SHA-256 over the canonical form of its line in events.jsonl or agency.jsonl.
        4. Receipt: C2SP tlog-proof over the entry (RFC 6962: SHA-256 of 0x00 and the entry is the leaf), index = position - 1.
        5. contentHash in report.json and in the event that published it: SHA-256 over the canonical form of content.json.

        DisclosureApi checks all of it with:  dotnet run --project src/DisclosureApi -- verify FILE

        本文件包用于证明年度报告在公布时的内容，以及公布以后未被改写。逐字节的说明见openapi/LEDGER.md。

        """;
}
