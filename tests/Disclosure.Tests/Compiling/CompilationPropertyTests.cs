using Disclosure.Agencies;
using Disclosure.Compiling;
using Disclosure.Reports;
using FsCheck;
using FsCheck.Fluent;
using static Disclosure.Tests.Compiling.CompilationWorld;

namespace Disclosure.Tests.Compiling;

/// <summary>What holds of every compilation, whatever the register looks like.</summary>
public class CompilationPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Sums_are_those_of_the_counted_members_cell_by_cell_and_what_nobody_gives_is_not_zero() =>
        Check.One(Thorough, Prop.ForAll(Registers.ToArbitrary(), register => All(register).All(compiled =>
        {
            var counted = compiled.Plan.Counted.Select(member => register.Single(candidate => candidate.Body.Code == member.Agency).Report!.Content).ToList();
            return CompiledSums.CellsOf(Form).All(cell =>
            {
                var given = counted.Where(content => content.Cells.ContainsKey(cell.Address)).Select(content => content.Cells[cell.Address]).ToList();
                var sum = compiled.Plan.Sums.TryGetValue(cell.Address.Pointer, out var value) ? value : (decimal?)null;
                return sum == (given.Count == 0 ? null : given.Sum());
            });
        })));

    /// <summary>Governments and lines publish one after another, in any order; the register may even hold two governments of one place.</summary>
    [Fact]
    public void No_body_is_counted_twice_in_the_regions_nor_in_the_lines_whatever_the_tree() =>
        Check.One(Thorough, Prop.ForAll(Registers.ToArbitrary(), Gen.Choose(0, 1_000).ToArbitrary(), (register, seed) =>
        {
            var published = new List<(string By, CompilationScope Scope, string Counted)>();
            var order = register.ToArray();
            new Random(seed).Shuffle(order);
            foreach (var (compiler, scope) in order.SelectMany(candidate => ScopesOf(candidate.Body, register).Select(scope => (candidate.Body, scope))).Where(one => one.scope != CompilationScope.OwnLevel))
            {
                var candidates = register.Select(candidate => candidate with
                {
                    CountedBy = [.. published.Where(one => one.Counted == candidate.Body.Code && one.By != compiler.Code && (one.Scope == CompilationScope.Line) == (scope == CompilationScope.Line)).Select(one => one.By)],
                });
                published.AddRange(CompilationPlan.Of(compiler, scope, Year, 1, candidates, []).Counted.Select(member => (compiler.Code, scope, member.Agency)));
            }
            return published.GroupBy(one => (one.Counted, one.Scope == CompilationScope.Line)).All(body => body.Count() == 1);
        }));

    [Fact]
    public void Every_body_that_is_there_is_counted_or_has_its_reason_and_no_body_counts_beside_those_that_took_it_over() =>
        Check.One(Thorough, Prop.ForAll(Registers.ToArbitrary(), register => All(register).All(compiled =>
        {
            var members = compiled.Plan.Members.ToDictionary(member => member.Agency, StringComparer.Ordinal);
            return members.Values.All(member => member.IsCounted || LeftOutReasons.Words.ContainsKey(member.LeftOut!.Value))
                && register.Where(candidate => CompilationTree.Counts(compiled.By, compiled.Plan.Scope, candidate.Body) && Duty.WasThere(candidate.Body, Year))
                    .All(candidate => members.ContainsKey(candidate.Body.Code))
                && register.Where(candidate => MemberList.IsSucceeded(candidate.Body, Year)).All(candidate => !members.TryGetValue(candidate.Body.Code, out var member) || !member.IsCounted)
                && compiled.Plan.Counted.All(member => member.Agency != compiled.By.Code);
        })));

    [Fact]
    public void A_draft_says_in_each_cell_the_sum_and_its_adjustments_however_often_it_is_compiled_again() =>
        Check.One(Thorough, Prop.ForAll(Plans.ToArbitrary(), Plans.ToArbitrary(), Amounts.ToArbitrary(), (first, second, amounts) =>
        {
            var report = Happened(Report.None, new ReportCommand.Compile("p_one", first, Samples.Filing()));
            report = Happened(report, new ReportCommand.Adjust("p_two", amounts));
            report = Happened(report, new ReportCommand.Compile("p_one", second, Samples.Filing()));
            var work = report.WorkInHand!;
            return Happened(report, new ReportCommand.Compile("p_three", second with { UpTo = 99 }, Samples.Filing())) == report
                && work.Authors.SetEquals(["p_one", "p_two"])
                && CompiledSums.CellsOf(Form).All(cell =>
                {
                    var sum = second.Sums.TryGetValue(cell.Address.Pointer, out var value) ? value : (decimal?)null;
                    var added = amounts.Where(amount => amount.Cell == cell.Address.Pointer).Select(amount => amount.Amount).ToList();
                    return work.Content.Content.Cell(cell.Address) == (added.Count == 0 ? sum : (sum ?? 0) + added.Sum());
                });
        }));

    [Fact]
    public void Differences_are_those_of_the_two_sums_and_none_where_nothing_changed() =>
        Check.One(Thorough, Prop.ForAll(Plans.ToArbitrary(), Plans.ToArbitrary(), (then, now) =>
        {
            var drift = CompilationDrift.Of(then, now);
            var moved = drift.Cells.Aggregate(new Dictionary<string, decimal?>(then.Sums.Select(sum => KeyValuePair.Create(sum.Key, (decimal?)sum.Value))), (sums, cell) =>
            {
                sums[cell.Cell] = cell.Now;
                return sums;
            });
            return !CompilationDrift.Of(then, then with { UpTo = 7 }).IsStale
                && moved.Where(sum => sum.Value is not null).ToDictionary(sum => sum.Key, sum => sum.Value!.Value).OrderBy(sum => sum.Key).SequenceEqual(now.Sums.OrderBy(sum => sum.Key));
        }));

    private static Gen<CompilationPlan> Plans { get; } =
        from contents in Gen.ListOf(Figures, 4)
        select new CompilationPlan(CompilationScope.Area, "2021", 1, [], CompiledSums.Of(Form, [.. contents]));

    private static Gen<IReadOnlyList<(string Cell, decimal Amount, string Reason)>> Amounts { get; } =
        from cells in Gen.ArrayOf(Gen.Elements(CompiledSums.CellsOf(Form).Select(cell => cell.Address.Pointer)), 4)
        select (IReadOnlyList<(string Cell, decimal Amount, string Reason)>)[.. cells.Select((cell, i) => (Cell: cell, Amount: i + 1m, Reason: "核定"))];

    private static Report Happened(Report report, ReportCommand command) =>
        Assert.IsType<Decision.Accepted>(ReportDecider.Decide(report, command)).Events.Aggregate(report, (state, happened) => state.Apply(happened, command.Actor));

    private static IReadOnlyList<CompilationScope> ScopesOf(Agency body, IReadOnlyList<Candidate> register) =>
        CompilationTree.ScopesOf(body, register.Any(candidate => candidate.Body.Line == body.Code));

    private static IEnumerable<(Agency By, CompilationPlan Plan)> All(IReadOnlyList<Candidate> register) =>
        from candidate in register
        from scope in ScopesOf(candidate.Body, register)
        select (candidate.Body, CompilationPlan.Of(candidate.Body, scope, Year, 1, register, []));
}
