using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Tests.Documents.Damage;

/// <summary>A report in one of the layouts of text, hurt in a way that converters, copyists and page breaks hurt them. The same seed gives the same text.</summary>
internal sealed class DamagedText
{
    public static readonly string[] Layouts = ["tabs", "cells", "pipes", "lines", "pieces", "blanks", .. PipedText.Layouts];

    private static readonly string[] _junk = ["- 3 -", "第 3 页 共 9 页", "—5—", "政府信息公开工作年度报告", "[bookmark: _GoBack]", "打印本页 关闭窗口", "附件：", "　"];
    private static readonly string[] _blanks = ["", "/", "—", "无", "-", "空"];
    /// <summary>What changes the cells of a table. One of these to a document: two may make up for each other, and then no one can tell.</summary>
    private static readonly (string Name, Action<Random, List<string>> Do)[] _damages =
    [
        ("a line lost", (random, lines) => lines.RemoveAt(At(random, lines))),
        ("two lines lost", (random, lines) => { var at = At(random, lines); lines.RemoveAt(at); lines.RemoveAt(Math.Min(at, lines.Count - 1)); }),
        ("a line twice", (random, lines) => { var at = At(random, lines); lines.Insert(at, lines[at]); }),
        ("two lines swapped", Swap),
        ("a number more", (random, lines) => lines.Insert(Stray(random, lines), "4")),
        ("lines joined", (random, lines) => { var at = Math.Min(At(random, lines), lines.Count - 2); lines[at] += Pick(random, ["", " ", "\t"]) + lines[at + 1]; lines.RemoveAt(at + 1); }),
        ("a line cut", (random, lines) => { var at = At(random, lines); var cut = random.Next(lines[at].Length + 1); lines.Insert(at + 1, lines[at][cut..]); lines[at] = lines[at][..cut]; }),
        ("a break pushed in", (random, lines) => { var at = At(random, lines); lines[at] = lines[at].Insert(random.Next(lines[at].Length + 1), Pick(random, [" ", "\t", "　"])); }),
        ("a separator lost", (random, lines) => Change(random, lines, line => line.IndexOfAny(['\t', '|', ' '], random.Next(Math.Max(1, line.Length))) is var at and >= 0 ? line.Remove(at, 1) : line)),
        ("a number lost", (random, lines) => Number(random, lines, _ => "")),
        ("a number blank", (random, lines) => Number(random, lines, _ => Pick(random, _blanks))),
        ("a number cut", (random, lines) => Number(random, lines, number => number.Insert(random.Next(number.Length), Pick(random, [" ", "\t"])))),
    ];

    /// <summary>What is pushed in between and belongs to no cell.</summary>
    private static readonly (string Name, Action<Random, List<string>> Do)[] _strangers =
    [
        ("junk between", (random, lines) => lines.Insert(At(random, lines), Pick(random, _junk))),
        ("a row of its own", (random, lines) => { var at = At(random, lines); lines.Insert(at, string.Join(lines[at].Contains('|', StringComparison.Ordinal) ? " | " : "\t", Enumerable.Repeat("71", random.Next(1, 9)).Prepend(Pick(random, ["其他主动公开文件", "8.其他", "其他", "合计", "其中：网上受理", ""])))); }),
        ("a heading again", (random, lines) => lines.Insert(At(random, lines), Pick(random, [.. Sections.All.Select(section => section.Heading ?? "")]))),
        ("a header again", (random, lines) => lines.Insert(At(random, lines), Pick(random, [.. lines.Where(line => line.Contains("本年", StringComparison.Ordinal) || line.Contains("自然人", StringComparison.Ordinal) || line.Contains("结果", StringComparison.Ordinal))]))),
    ];

    public DamagedText(int seed, string? layout = null)
    {
        var random = new Random(seed);
        Seed = seed;
        Layout = layout ?? Pick(random, Layouts);
        Form = Pick(random, ["2019", "2021"]);
        Numbers = Made(random, Form);
        var blank = Pick(random, _blanks);
        double[] shares = [0, 0, 0, 0.02, 0.3, 0.9];
        var share = shares[random.Next(shares.Length)];
        foreach (var address in Numbers.Keys.Where(_ => random.NextDouble() < share).ToList())
        {
            Numbers.Remove(address);
        }
        string Printed(Cell cell) => Numbers.TryGetValue(cell.Address, out var number) ? ReportText.Number(number) : blank;
        List<string> lines = [.. (Layout switch
        {
            "tabs" => new ReportText(Form, Printed).InTabs(),
            "cells" => new ReportText(Form, Printed).InCells(),
            "pipes" => string.Join('\n', new ReportText(Form, Printed).InTabs().Split('\n').Select(line => line.Contains('\t', StringComparison.Ordinal) ? $"| {line.Replace("\t", " | ", StringComparison.Ordinal)} |" : line)),
            "lines" => new LooseText(Form, Printed).InLines(),
            "pieces" => new LooseText(Form, Printed).InPieces(),
            "blanks" => new LooseText(Form, Printed).InBlanks(),
            var piped => new PipedText(Form, Printed).In(piped),
        }).Split('\n')];
        var told = new List<string>();
        for (var i = random.Next(3); i > 0; i--)
        {
            Do(_strangers[random.Next(_strangers.Length)]);
        }
        Do(_damages[random.Next(_damages.Length)]);

        Text = string.Join('\n', lines);
        Damage = string.Join(", ", told);

        void Do((string Name, Action<Random, List<string>> Do) damage)
        {
            damage.Do(random, lines);
            told.Add(damage.Name);
        }
    }

    public int Seed { get; }

    public string Layout { get; }

    public string Form { get; }

    public string Damage { get; }

    public string Text { get; }

    public Dictionary<CellAddress, decimal> Numbers { get; }

    /// <summary>Numbers of all sizes, none of which a table holds by chance in many places, with sums that mostly hold.</summary>
    private static Dictionary<CellAddress, decimal> Made(Random random, string form)
    {
        var (sound, zeros) = (random.Next(4) > 0, random.Next(10));
        var numbers = new Dictionary<CellAddress, decimal>();
        foreach (var cell in KnownFormats.ByKey(form)!.Tables.SelectMany(table => table.Cells))
        {
            var count = random.Next(10) < zeros ? 0 : random.Next(1, random.Next(2) == 0 ? 10 : 4000);
            numbers[cell.Address] = sound && cell.Column.SumOf.Count > 0 ? cell.Column.SumOf.Sum(key => numbers[cell.Address with { Column = key }])
                : cell.Column.Decimals > 0 ? ReportContent.Normalised(count / 100m) : count;
        }
        return numbers;
    }

    /// <summary>Mostly inside the tables.</summary>
    private static int At(Random random, List<string> lines) => random.Next(Math.Min(3, lines.Count - 1), lines.Count);

    /// <summary>Not where the line would be the number of a blank cell, and the document another one.</summary>
    private static int Stray(Random random, List<string> lines)
    {
        var at = At(random, lines);
        while (at < lines.Count && lines[at] == "|" && lines[at - 1].EndsWith('|'))
        {
            at++;
        }
        return at;
    }

    private static string Pick(Random random, string[] list) => list[random.Next(list.Length)];

    /// <summary>Words and numbers change places. Two numbers that do are two other numbers, and two headers other columns.</summary>
    private static void Swap(Random random, List<string> lines)
    {
        var places = Enumerable.Range(3, lines.Count - 4).Where(i => (lines[i].Count(char.IsLetter) > 1) != (lines[i + 1].Count(char.IsLetter) > 1) && lines[i].Length > 0 && lines[i + 1].Length > 0).ToList();
        if (places.Count > 0)
        {
            var at = places[random.Next(places.Count)];
            (lines[at], lines[at + 1]) = (lines[at + 1], lines[at]);
        }
    }

    private static void Change(Random random, List<string> lines, Func<string, string> change)
    {
        var at = At(random, lines);
        lines[at] = change(lines[at]);
    }

    private static void Number(Random random, List<string> lines, Func<string, string> change) => Change(random, lines, line =>
    {
        var starts = Enumerable.Range(0, line.Length).Where(i => char.IsAsciiDigit(line[i]) && (i == 0 || !char.IsAsciiDigit(line[i - 1]))).ToList();
        if (starts.Count == 0)
        {
            return line;
        }
        var from = starts[random.Next(starts.Count)];
        var to = from;
        while (to < line.Length && char.IsAsciiDigit(line[to]))
        {
            to++;
        }
        return line[..from] + change(line[from..to]) + line[to..];
    });
}
