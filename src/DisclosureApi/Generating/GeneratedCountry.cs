using System.Globalization;
using Disclosure.Agencies;

namespace DisclosureApi.Generating;

/// <summary>
/// A country that does not exist: its provinces carry codes that GB/T 2260 gives to none, so that nothing of it can be
/// taken for a real body. Governments, their offices and departments stand at every level, townships below counties, and
/// a vertical system reaches through them.
/// </summary>
internal static class GeneratedCountry
{
    private const int Prefectures = 9;
    private const int Counties = 7;
    private const int Townships = 5;

    private static readonly string[] _provinces = [.. Enumerable.Range(66, 34).Where(code => code is not (71 or 81 or 82)).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    private static readonly string[] _first = ["云", "桂", "松", "海", "江", "山", "安", "平", "河", "林", "泉", "石", "永", "长", "宁", "和", "兴", "文", "武", "康"];
    private static readonly string[] _second = ["州", "阳", "川", "岭", "浦", "城", "源", "原", "泽", "口", "湾", "丘", "田", "溪", "门", "台", "关", "水", "宁", "昌"];

    private static readonly string[] _departments =
    [
        "发展和改革", "教育", "科学技术", "工业和信息化", "公安", "民政", "司法", "财政", "人力资源和社会保障", "自然资源", "生态环境", "住房和城乡建设", "交通运输", "水利", "农业农村",
        "商务", "文化和旅游", "卫生健康", "退役军人事务", "应急管理", "审计", "市场监督管理", "体育", "统计", "医疗保障", "林业", "乡村振兴", "粮食和物资储备", "信访", "数据",
    ];

    /// <summary>The bodies in the order in which they are registered: each after the office that supervises it.</summary>
    public static IReadOnlyList<Agency> Bodies(int count)
    {
        var (bodies, line) = (new List<Agency>(count), CodeOf("000000", 1));
        bodies.Add(new Agency(line, "国家税务总局（虚构）", "000000", AgencyLevel.National, AgencyKind.Department, null, line, new DateOnly(2000, 1, 1), null, []));
        // As many provinces as such a number of bodies has; where all are taken, each level has more departments.
        var each = Math.Max(4, (int)Math.Ceiling(count / (double)(_provinces.Length * (Prefectures + 1) * (Counties + 1))));
        for (var turn = 0; bodies.Count < count; turn++)
        {
            for (var province = 0; province < _provinces.Length && bodies.Count < count; province++)
            {
                var provinces = Math.Clamp(count / 600, 1, _provinces.Length);
                if (province < provinces)
                {
                    AddProvince(bodies, count, _provinces[province], turn, Math.Min(each, _departments.Length), line);
                }
            }
        }
        return [.. bodies.Take(count)];
    }

    /// <summary>The valid code of a made-up body.</summary>
    private static string CodeOf(string region, int number)
    {
        var body = number.ToString("D8", CultureInfo.InvariantCulture);
        var code = $"11{region}{body}{UnifiedCode.OrganisationCheckCharacter(body)}";
        return code + UnifiedCode.CheckCharacter(code);
    }

    /// <param name="turn">Of the first all places are made, with a share of their departments; later ones add departments to them.</param>
    private static void AddProvince(List<Agency> bodies, int most, string province, int turn, int each, string line)
    {
        var name = $"{Place(province, 0)}省";
        var office = AddPlace(bodies, $"{province}0000", name, "厅", AgencyLevel.Province, null, turn, each, line);
        for (var p = 1; p <= Prefectures && bodies.Count < most; p++)
        {
            var (region, city) = ($"{province}{p:D2}00", $"{Place(province, p)}市");
            var cityOffice = AddPlace(bodies, region, name + city, "局", AgencyLevel.Prefecture, office, turn, each, line);
            for (var c = 1; c <= Counties && bodies.Count < most; c++)
            {
                var (countyRegion, county) = ($"{province}{p:D2}{c:D2}", $"{city}{Place(province, p * 10 + c)}{(c % 3 == 0 ? "区" : "县")}");
                var countyOffice = AddPlace(bodies, countyRegion, county, "局", AgencyLevel.County, cityOffice, turn, each, line);
                for (var t = 1; t <= Townships && turn == 0; t++)
                {
                    bodies.Add(Body($"{countyRegion}{t:D3}", bodies.Count, $"{county}{Place(province, p * 100 + c * 10 + t)}镇人民政府", AgencyLevel.Township, AgencyKind.Township, countyOffice, null));
                }
            }
        }
    }

    /// <summary>A government, its office and some of its departments; returns the office.</summary>
    private static string AddPlace(List<Agency> bodies, string region, string name, string suffix, AgencyLevel level, string? above, int turn, int each, string line)
    {
        var office = CodeOf(region, 1);
        if (turn == 0)
        {
            bodies.Add(Body(region, 1, $"{name}人民政府办公{(suffix == "厅" ? "厅" : "室")}", level, AgencyKind.Office, above, null) with { Code = office });
            bodies.Add(Body(region, 2, $"{name}人民政府", level, AgencyKind.Government, office, null) with { Code = CodeOf(region, 2) });
            bodies.Add(Body(region, 3, $"国家税务总局{name}税务局", level, AgencyKind.Department, office, line) with { Code = CodeOf(region, 3) });
        }
        for (var d = turn * each; d < (turn + 1) * each; d++)
        {
            var department = $"{name}{_departments[d % _departments.Length]}{suffix}{(d < _departments.Length ? "" : $"第{d / _departments.Length}分局")}";
            bodies.Add(Body(region, 10 + d, department, level, AgencyKind.Department, office, null) with { Code = CodeOf(region, 10 + d) });
        }
        return office;
    }

    private static Agency Body(string region, int number, string name, AgencyLevel level, AgencyKind kind, string? supervisor, string? line) => new(
        CodeOf(region[..6], 1_000_000 + number), name, region, level, kind, supervisor, line, new DateOnly(2000, 1, 1), null, []);

    private static string Place(string province, int number)
    {
        var at = int.Parse(province, CultureInfo.InvariantCulture) * 7 + number * 13;
        return _first[at % _first.Length] + _second[at / _first.Length % _second.Length];
    }
}
