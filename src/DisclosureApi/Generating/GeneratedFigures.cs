using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;

namespace DisclosureApi.Generating;

/// <summary>What one year hands to the next: what is still open, by class of applicants, and the documents in force.</summary>
internal sealed record Carried(int[] Open, int Rules, int Documents);

/// <summary>The figures of one body's year. Every identity of the form holds, and what was carried over last year is carried in.</summary>
internal static class GeneratedFigures
{
    /// <summary>How many of a hundred requests end how, as published reports have it.</summary>
    private static readonly (string Row, int Share)[] _results =
    [
        ("granted", 38), ("partiallyGranted", 9), ("refused.stateSecret", 1), ("refused.prohibitedByLaw", 1), ("refused.securityAndStability", 1), ("refused.thirdPartyRights", 2),
        ("refused.internalAffairs", 2), ("refused.deliberative", 2), ("refused.enforcementFile", 3), ("refused.statutoryInquiry", 2), ("unavailable.notHeld", 22), ("unavailable.requiresCreation", 2),
        ("unavailable.stillUnclear", 3), ("unprocessed.petition", 5), ("unprocessed.repeated", 2), ("unprocessed.publication", 1), ("unprocessed.excessive", 1), ("unprocessed.reconfirmation", 1), ("otherHandling", 2),
    ];

    /// <summary>Natural persons ask most; all other classes share the rest.</summary>
    private static readonly int[] _classes = [78, 14, 1, 1, 3, 3];

    /// <summary>How many of a hundred disputes are upheld, corrected, ended otherwise and still pending.</summary>
    private static readonly int[] _endings = [62, 12, 18, 8];

    private static readonly string[] _disputes = ["upheld", "corrected", "otherResult", "pending"];

    public static Carried Begin(Chance chance, Agency agency) =>
        new([chance.Below(3), 0, 0, 0, chance.Below(2), 0], agency is { Kind: AgencyKind.Government, Level: AgencyLevel.Province } ? chance.Between(40, 160) : 0, chance.Between(3, 60));

    public static (ReportContent Content, Carried Carried) Fill(Chance chance, Agency agency, ReportFormat form, Carried before)
    {
        var cells = new Dictionary<CellAddress, decimal>();
        foreach (var cell in form.Tables.SelectMany(table => table.Cells))
        {
            cells[cell.Address] = 0;
        }
        var open = Requests(chance, cells, form, Received(chance, agency), before.Open);
        Disputes(chance, cells, (int)cells[new("applications", "totalHandled", "total")]);
        var (rules, documents) = Proactive(chance, cells, form, agency, before);
        return (new ReportContent(CellValues.Of(cells), ReportContent.Empty.Words), new Carried(open, rules, documents));
    }

    private static int Received(Chance chance, Agency agency) => chance.Size((agency.Kind, agency.Level) switch
    {
        (AgencyKind.Government, AgencyLevel.Province) => 12_000,
        (AgencyKind.Government, AgencyLevel.Prefecture) => 1_800,
        (AgencyKind.Government, _) => 260,
        (_, AgencyLevel.Province) => 120,
        (_, AgencyLevel.Prefecture) => 45,
        (_, AgencyLevel.County) => 14,
        _ => 4,
    });

    private static int[] Requests(Chance chance, Dictionary<CellAddress, decimal> cells, ReportFormat form, int received, int[] carriedIn)
    {
        var columns = form.Table("applications").Blocks[0].Columns;
        var (open, rows) = (new int[_classes.Length], form.Table("applications").Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal));
        var asked = Split(chance, received, _classes);
        for (var i = 0; i < _classes.Length; i++)
        {
            var inHand = asked[i] + carriedIn[i];
            open[i] = inHand == 0 ? 0 : chance.Below(inHand / 12 + 2) * (chance.In(3) ? 1 : 0);
            open[i] = Math.Min(open[i], inHand);
            Put("received", i, asked[i]);
            Put("carriedIn", i, carriedIn[i]);
            Put("totalHandled", i, inHand - open[i]);
            Put("carriedOver", i, open[i]);
            var results = Split(chance, inHand - open[i], [.. _results.Select(result => result.Share)]);
            for (var r = 0; r < _results.Length; r++)
            {
                Put(rows.Contains(_results[r].Row) ? _results[r].Row : "otherHandling.other", i, results[r]);
            }
        }
        return open;

        void Put(string row, int column, int count)
        {
            cells[new("applications", row, columns[column].Key)] += count;
            cells[new("applications", row, "total")] += count;
        }
    }

    private static void Disputes(Chance chance, Dictionary<CellAddress, decimal> cells, int handled)
    {
        foreach (var (row, of) in new[] { ("reconsideration", 25), ("litigation", 70), ("litigationAfterReconsideration", 60) })
        {
            var cases = Split(chance, handled / of + (chance.In(8) ? 1 : 0), _endings);
            foreach (var (column, count) in _disputes.Zip(cases))
            {
                cells[new("disputes", row, column)] = count;
                cells[new("disputes", row, "total")] += count;
            }
        }
    }

    private static (int Rules, int Documents) Proactive(Chance chance, Dictionary<CellAddress, decimal> cells, ReportFormat form, Agency agency, Carried before)
    {
        var (made, gone) = (chance.Below(6), chance.Below(Math.Min(4, before.Documents + 1)));
        var (rulesMade, rulesGone) = (before.Rules > 0 ? chance.Below(8) : 0, before.Rules > 0 ? chance.Below(4) : 0);
        var decisions = agency.Kind is AgencyKind.Township ? 40 : 900;
        if (form == Format2019.Value)
        {
            foreach (var (row, count, all) in new[] { ("governmentRules", rulesMade, before.Rules), ("normativeDocuments", made, before.Documents) })
            {
                (cells[new("proactive", row, "newlyMade")], cells[new("proactive", row, "newlyPublished")], cells[new("proactive", row, "totalPublic")]) = (count, count, all + count);
            }
            foreach (var row in new[] { "licensing", "otherServices", "penalties", "compulsoryMeasures" })
            {
                (cells[new("proactive", row, "previousItems")], cells[new("proactive", row, "change")], cells[new("proactive", row, "decisions")]) = (chance.Between(5, 90), chance.Between(-4, 6), chance.Size(decisions));
            }
            cells[new("proactive", "fees", "previousItems")] = chance.Below(9);
            (cells[new("proactive", "procurement", "projects")], cells[new("proactive", "procurement", "amount")]) = (1 + chance.Below(20), 1000m * chance.Between(20, 9_000));
            return (before.Rules + rulesMade, before.Documents + made);
        }
        Row("governmentRules", rulesMade, rulesGone, before.Rules);
        Row("normativeDocuments", made, gone, before.Documents);
        foreach (var row in new[] { "licensing", "penalties", "compulsoryMeasures" })
        {
            cells[new("proactive", row, "decisions")] = chance.Size(decisions);
        }
        cells[new("proactive", "fees", "amount")] = ReportContent.Normalised(chance.Size(80) + chance.Below(1_000_000) / 1_000_000m);
        return (before.Rules + rulesMade - rulesGone, before.Documents + made - gone);

        void Row(string row, int added, int repealed, int all) =>
            (cells[new("proactive", row, "made")], cells[new("proactive", row, "repealed")], cells[new("proactive", row, "inForce")]) = (added, repealed, all + added - repealed);
    }

    /// <summary>Parts a number by shares; what chance leaves over goes to the first.</summary>
    private static int[] Split(Chance chance, int count, int[] shares)
    {
        var (parts, left, weight) = (new int[shares.Length], count, shares.Sum());
        for (var i = shares.Length - 1; i > 0; i--)
        {
            var expected = (double)count * shares[i] / weight;
            parts[i] = Math.Min(left, (int)expected + (chance.Below(1000) < (expected - (int)expected) * 1000 ? 1 : 0));
            left -= parts[i];
        }
        parts[0] = left;
        return parts;
    }
}
