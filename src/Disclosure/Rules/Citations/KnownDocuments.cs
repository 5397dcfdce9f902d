using Disclosure.Prose;

namespace Disclosure.Rules.Citations;

/// <summary>A document that reports cite.</summary>
/// <param name="Title">As it is cited, with the marks of titles inside it.</param>
/// <param name="Core">Words that every citation of it has, however it is shortened.</param>
internal sealed record KnownDocument(string Issuer, int? Year, int Serial, string Title, params IReadOnlyList<string> Core)
{
    private const string Brings = "关于印发";
    private const string Notice = "的通知";

    public string Number => Year is { } year ? $"{Issuer}〔{year}〕{Serial}号" : $"{Issuer}第{Serial}号";

    public bool HasNumber(DocumentNumber number) =>
        number.Year == Year && number.Serial == Serial
        && (number.Issuer.EndsWith(Issuer, StringComparison.Ordinal) || (Year is null && number.Issuer.EndsWith("国令", StringComparison.Ordinal)));

    /// <summary>Whether a cited title is this one, issuer and marks aside.</summary>
    public bool IsTitled(string title) => Bare(title) == Bare(Title) || (Short is { } name && Bare(title) == Bare(name));

    /// <summary>Whether a cited title can mean this document, even if it is not worded as it should be: 《条例》 and 《年报格式》 leave words out and add none.</summary>
    public bool MayMean(string title) => Core.All(word => title.Contains(word, StringComparison.Ordinal)) || ShortForm.IsOf(title, Title);

    /// <summary>The document that the notice brings: what stands between 关于印发 and 的通知, in marks or without.</summary>
    private string? Short => Title.IndexOf(Brings, StringComparison.Ordinal) is >= 0 and var at && Title.EndsWith(Notice, StringComparison.Ordinal) ? Title[(at + Brings.Length)..^Notice.Length] : null;

    private static string Bare(string title)
    {
        var bare = string.Concat(title.Where(c => !"《》〈〉<>“”\"".Contains(c, StringComparison.Ordinal)));
        foreach (var prefix in _issuers)
        {
            bare = bare.StartsWith(prefix, StringComparison.Ordinal) ? bare[prefix.Length..] : bare;
        }
        return bare;
    }

    private static readonly string[] _issuers = ["国务院办公厅政府信息与政务公开办公室", "国务院办公厅", "财政部办公厅", "中华人民共和国"];
}

/// <summary>The documents that reports on open government information cite, by number and title.</summary>
internal static class KnownDocuments
{
    public static KnownDocument Regulation { get; } = new("国务院令", null, 711, "中华人民共和国政府信息公开条例", "信息公开条例");

    public static KnownDocument OldRegulation { get; } = new("国务院令", null, 492, "中华人民共和国政府信息公开条例", "信息公开条例");

    public static KnownDocument TrialForm { get; } =
        new("国办公开办函", 2019, 60, "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知", "年度报告");

    public static KnownDocument Form { get; } =
        new("国办公开办函", 2021, 30, "国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知", "年度报告");

    public static KnownDocument FeeMeasures { get; } =
        new("国办函", 2020, 109, "国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知", "处理费");

    public static IReadOnlyList<KnownDocument> All { get; } =
    [
        Regulation,
        OldRegulation,
        TrialForm,
        new("国办公开办函", 2019, 61, "国务院办公厅政府信息与政务公开办公室关于规范政府信息公开平台有关事项的通知", "平台"),
        Form,
        FeeMeasures,
        new("国办发", 2021, 12, "国务院办公厅关于印发2021年政务公开工作要点的通知", "2021年", "要点"),
        new("国办发", 2022, 8, "国务院办公厅关于印发2022年政务公开工作要点的通知", "2022年", "要点"),
        new("国办发", 2014, 32, "国务院办公厅关于加强和规范政府信息公开情况统计报送工作的通知", "统计"),
        new("国办发", 2017, 47, "国务院办公厅关于印发政府网站发展指引的通知", "网站"),
        new("财办库", 2020, 254, "财政部办公厅关于政府信息公开信息处理费收入收缴管理有关事宜的通知", "处理费"),
    ];
}
