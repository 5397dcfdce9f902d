using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Disclosure.Canonical;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules;

namespace Disclosure.Reports;

/// <summary>What acknowledgements and waivers are bound to: a finding, and the values it was made from.</summary>
public static class FindingInputs
{
    /// <summary>
    /// SHA-256 over the canonical JSON of the code, the pointers with their values, and the words in the span. While these
    /// stay the same, what people said of the finding holds; when one changes, it lapses.
    /// </summary>
    public static string Hash(Finding finding, ReportContent content) =>
        Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Bytes(Inputs(finding, content))));

    private static JsonObject Inputs(Finding finding, ReportContent content)
    {
        var inputs = new JsonObject
        {
            ["code"] = finding.Code,
            ["values"] = new JsonArray([.. finding.Pointers.Select(pointer => new JsonArray(pointer, Value(content, pointer)))]),
            ["words"] = finding.Span is { } span ? content.Section(span.Section)?[span.From..span.To] : null,
        };
        // A figure from elsewhere, last year's above all, is an input too: when it changes, what was said of it lapses.
        if (finding.Computed is { } computed)
        {
            inputs["computed"] = computed;
        }
        return inputs;
    }

    private static JsonNode? Value(ReportContent content, string pointer) =>
        CellAddress.Parse(pointer) is { } address ? content.Cell(address) : content.Word(pointer);
}
