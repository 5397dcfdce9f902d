using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Rules.Tables;

/// <summary>Finds the single cell whose change would mend a broken identity without breaking another.</summary>
internal static class Mending
{
    /// <summary>
    /// The changes of one cell of this identity after which every identity of its table that the cell takes part in
    /// holds. Where one of them mends every broken identity of the table, those that mend fewer are not worth telling.
    /// </summary>
    public static IReadOnlyList<Hint> Of(Identity broken, RuleInput input)
    {
        var key = broken.Anchor.Address.Table;
        var table = input.Table(key);
        var identities = Identities.OfRows(table).Concat(Identities.OfColumns(input, key)).Concat(Identities.OfBalances(table)).ToList();
        var failing = identities.Count(identity => !Holds(identity, input.Content));
        var mends = (from address in broken.Left.Concat(broken.Right)
                     let value = broken.Mended(input.Content, address)
                     where value is not null && KnownFormats.FindCell(address) is { } cell && CellNumber.Fits(cell.Column, value.Value)
                     let touched = identities.Where(identity => identity.Touches(address)).ToList()
                     where touched.TrueForAll(identity => Holds(identity, input.Content.With(address, value.Value)))
                     select (Hint: new Hint(address.Pointer, value.Value), Mended: touched.Count(identity => !Holds(identity, input.Content)))).ToList();
        var whole = mends.Where(mend => mend.Mended == failing).ToList();
        return [.. (whole.Count > 0 ? whole : mends).Select(mend => mend.Hint)];
    }

    private static bool Holds(Identity identity, ReportContent content) =>
        identity.Sums(content) is not { } sums || sums.Left == sums.Right;
}
