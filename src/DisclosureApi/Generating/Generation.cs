using Disclosure.Agencies;
using Disclosure.Canonical;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Reports;
using Disclosure.Rules;

namespace DisclosureApi.Generating;

/// <summary>Events of one stream that happen together, decided as hosts decide them.</summary>
/// <param name="Version">Of the stream before.</param>
/// <param name="States">Of a report, after each event; empty for a body.</param>
internal sealed record GeneratedStep(DateTimeOffset At, string Stream, long Version, IReadOnlyList<object> Events, IReadOnlyList<Report> States, Agency Agency, ReportId? Report, string Actor, string Role);

/// <summary>
/// The years of a generated country, step by step in the order of time: bodies are registered, renamed and merged; each
/// January reports are archived with their faults or go their whole way; some come late or never, are corrected or withdrawn.
/// The same numbers give the same steps.
/// </summary>
internal sealed class Generation(int agencies, int years, int seed)
{
    public const int MostYears = 7;

    private readonly Agency[] _bodies = [.. GeneratedCountry.Bodies(agencies)];
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<ReportId, Report> _underWay = [];
    private readonly Dictionary<ReportId, ReportContent> _filed = [];
    private Carried?[] _carried = [];

    private int FirstYear => Math.Max(KnownFormats.FirstYear, 2025 - years);

    public IEnumerable<GeneratedStep> Steps()
    {
        _carried = new Carried?[_bodies.Length];
        for (var i = 0; i < _bodies.Length; i++)
        {
            yield return Register(GeneratedYear.At(new DateOnly(FirstYear, 1, 2), 0), i, AgencyDecider.Put(null, _bodies[i]));
        }
        for (var year = FirstYear; year < FirstYear + years; year++)
        {
            foreach (var step in ChangesOfRegister(year).Concat(Reports(year)))
            {
                yield return step;
            }
            _underWay.Clear();
            _filed.Clear();
        }
    }

    /// <summary>On the day before the first report comes, all at one moment: time never goes back in the order of events.</summary>
    private IEnumerable<GeneratedStep> ChangesOfRegister(int year)
    {
        for (var i = 0; i < _bodies.Length; i++)
        {
            var (body, chance) = (_bodies[i], new Chance(seed, $"register {_bodies[i].Code} {year}"));
            if (body is not { ValidTo: null, Kind: AgencyKind.Department, Line: null })
            {
                continue;
            }
            var reason = new CommittedText("机构改革", chance.Salt());
            if (chance.In(100))
            {
                var renamed = AgencyDecider.Rename(new AgencyTimeline([new(body.ValidFrom, body)]), $"{body.Name}（{year}年更名）", new DateOnly(year, 7, 1), reason);
                yield return Register(GeneratedYear.At(new DateOnly(year + 1, 1, 1), 0), i, renamed.Events);
            }
            else if (chance.In(150) && i + 1 < _bodies.Length && _bodies[i + 1] is { ValidTo: null, Kind: AgencyKind.Department, Line: null } next && next.Region == body.Region)
            {
                yield return Register(GeneratedYear.At(new DateOnly(year + 1, 1, 1), 0), i, AgencyDecider.Merge(new AgencyTimeline([new(body.ValidFrom, body)]), [next.Code], new DateOnly(year, 12, 31), reason).Events);
            }
        }
    }

    private GeneratedStep Register(DateTimeOffset at, int body, IReadOnlyList<AgencyEvent> events)
    {
        _bodies[body] = AgencyDecider.Apply(events[^1]);
        return Step(at, Agency.Stream(_bodies[body].Code), events, [], _bodies[body], null, "registrar", "registrar");
    }

    private IEnumerable<GeneratedStep> Reports(int year)
    {
        var plan = new List<(DateTimeOffset At, int Body, Stage Stage)>();
        for (var i = 0; i < _bodies.Length; i++)
        {
            if (Duty.WasThere(_bodies[i], year))
            {
                plan.AddRange(GeneratedYear.Plan(_bodies[i], new Chance(seed, $"plan {_bodies[i].Code} {year}"), i, year));
            }
        }
        plan.Sort();
        foreach (var (at, body, stage) in plan)
        {
            foreach (var step in Steps(at, body, new ReportId(_bodies[body].Code, year), stage))
            {
                yield return step;
            }
        }
    }

    private IEnumerable<GeneratedStep> Steps(DateTimeOffset at, int body, ReportId id, Stage stage)
    {
        var chance = new Chance(seed, $"{stage} {id}");
        switch (stage)
        {
            case Stage.Archive:
                var content = Content(chance, body, id.Year);
                content = chance.In(6) ? GeneratedReport.Spoil(chance, content, id.Year) : content;
                yield return Carry(at, body, id, "archivist", new ReportCommand.Archive(
                    "archivist", _bodies[body].Name, content, null, Assess(body, id.Year, content, at), DateOnly.FromDateTime(at.AddHours(8).DateTime), "https://www.example.gov.cn/nb.html"), chance);
                break;
            case Stage.Draft:
                _filed[id] = Content(chance, body, id.Year);
                yield return Carry(at, body, id, "submitter", new ReportCommand.Edit("submitter", _bodies[body].Name, _filed[id], null, null), chance);
                break;
            case Stage.Review:
                yield return Carry(at, body, id, "secrecyReviewer", new ReportCommand.ReviewSecrecy("secrecyReviewer", Hash(id), true, null), chance);
                break;
            case Stage.Submit:
                foreach (var step in Submit(at, body, id, chance))
                {
                    yield return step;
                }
                break;
            case Stage.Publish:
                yield return Carry(at, body, id, "reviewer", new ReportCommand.Approve("reviewer", Hash(id), null), chance);
                yield return Carry(at, body, id, "reviewer", new ReportCommand.Publish("reviewer", null), chance);
                break;
            case Stage.Correct:
                foreach (var step in Correct(at, body, id, chance))
                {
                    yield return step;
                }
                break;
            case Stage.Withdraw:
                yield return Carry(at, body, id, "reviewer", new ReportCommand.Withdraw("reviewer", "数据来源有误，重新核实"), chance);
                break;
            default:
                yield return Carry(at, body, id, "reviewer", new ReportCommand.Reinstate("reviewer", "经核实无误"), chance);
                break;
        }
    }

    /// <summary>One more licence than was told.</summary>
    private IEnumerable<GeneratedStep> Correct(DateTimeOffset at, int body, ReportId id, Chance chance)
    {
        var address = new CellAddress("proactive", "licensing", "decisions");
        var before = _underWay[id].Public!.Content.Content;
        _filed[id] = before.With(address, (before.Cell(address) ?? 0) + chance.Between(1, 9));
        if (Assess(body, id.Year, _filed[id], at).Findings.Any(finding => finding.Severity == Severity.Error))
        {
            // An archived fault would stop the correction, and this one leaves it as it is.
            yield break;
        }
        yield return Carry(at, body, id, "submitter", new ReportCommand.OpenCorrection("submitter", "行政许可漏计"), chance);
        yield return Carry(at, body, id, "submitter", new ReportCommand.Edit("submitter", _bodies[body].Name, _filed[id], null, null), chance);
        yield return Carry(at, body, id, "secrecyReviewer", new ReportCommand.ReviewSecrecy("secrecyReviewer", Hash(id), true, null), chance);
        foreach (var step in Submit(at, body, id, chance))
        {
            yield return step;
        }
        yield return Carry(at, body, id, "reviewer", new ReportCommand.Approve("reviewer", Hash(id), null), chance);
        yield return Carry(at, body, id, "reviewer", new ReportCommand.Publish("reviewer", null), chance);
    }

    /// <summary>Whatever asks for a word gets one, and what may be waived is.</summary>
    private IEnumerable<GeneratedStep> Submit(DateTimeOffset at, int body, ReportId id, Chance chance)
    {
        var assessment = Assess(body, id.Year, _filed[id], at);
        var open = assessment.Findings.Where(finding => finding.Severity != Severity.Info).Select(finding => finding.Code).Distinct(StringComparer.Ordinal).ToList();
        if (open.Count > 0)
        {
            yield return Carry(at, body, id, "submitter", new ReportCommand.Acknowledge("submitter", assessment, [.. open.Select(code => new AcknowledgedFinding(code, [], "已核对，情况属实"))]), chance);
        }
        yield return Carry(at, body, id, "submitter", new ReportCommand.Submit("submitter", assessment, null), chance);
        foreach (var code in assessment.Findings.Where(finding => finding.Severity == Severity.WaivableError).Select(finding => finding.Code).Distinct(StringComparer.Ordinal))
        {
            yield return Carry(at, body, id, "reviewer", new ReportCommand.DecideWaiver("reviewer", code, true, "理由成立"), chance);
        }
    }

    private GeneratedStep Carry(DateTimeOffset at, int body, ReportId id, string role, ReportCommand command, Chance chance)
    {
        var before = _underWay.GetValueOrDefault(id) ?? Report.None;
        var decision = ReportDecider.Decide(before, command with { Actor = Actor(role), NewSalt = chance.Salt });
        var events = decision is Decision.Accepted accepted ? accepted.Events : throw new InvalidOperationException($"{command.Name} on {id} was refused: {decision}");
        var states = new List<Report>();
        foreach (var happened in events)
        {
            states.Add(before = before.Apply(happened, Actor(role)));
        }
        _underWay[id] = before;
        return Step(at, id.Stream, events, states, _bodies[body], id, role, role);
    }

    private GeneratedStep Step(DateTimeOffset at, string stream, IReadOnlyList<object> events, IReadOnlyList<Report> states, Agency agency, ReportId? report, string actor, string role)
    {
        var version = _versions.GetValueOrDefault(stream);
        _versions[stream] = version + events.Count;
        return new GeneratedStep(at, stream, version, events, states, agency, report, Actor(actor), role);
    }

    private ReportContent Content(Chance chance, int body, int year)
    {
        var (agency, form) = (_bodies[body], KnownFormats.ForYear(year)!);
        var (figures, carried) = GeneratedFigures.Fill(chance, agency, form, _carried[body] ?? GeneratedFigures.Begin(chance, agency));
        _carried[body] = carried;
        return GeneratedReport.Write(chance, agency, form, year, figures);
    }

    private Assessment Assess(int body, int year, ReportContent content, DateTimeOffset at) => RuleBook.Assess(new RuleInput(
        year, new Filing(_bodies[body].Name, year, content, Filing.NoReadings, []),
        Surroundings.Unknown with { Agency = _bodies[body], Named = _bodies[body], FiledOn = DateOnly.FromDateTime(at.AddHours(8).DateTime) }));

    private string Hash(ReportId id) => _underWay[id].WorkInHand!.Content.Hash;

    private static string Actor(string role) => $"p_generated_{role}";
}
