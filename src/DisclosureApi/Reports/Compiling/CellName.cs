using Disclosure.Formats;

namespace DisclosureApi.Reports.Compiling;

/// <summary>Cells as people name them in addresses: by pointer, with or without /tables, or with dots in the place of its slashes.</summary>
internal static class CellName
{
    /// <summary>The cell, where the form has it.</summary>
    public static CellAddress? Parse(string name, ReportFormat form)
    {
        name = name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).TrimStart('/');
        name = name.StartsWith("tables/", StringComparison.Ordinal) ? name["tables/".Length..] : name;
        var address = name.Split('/') is [var table, var row, var column] ? new CellAddress(table, row, column) : Dotted(name);
        return address is { } found && form.Tables.FirstOrDefault(one => one.Key == found.Table)?.Find(found) is not null ? found : null;
    }

    /// <summary>Keys of rows have dots of their own; those of tables and columns have none.</summary>
    private static CellAddress? Dotted(string name)
    {
        var (first, last) = (name.IndexOf('.', StringComparison.Ordinal), name.LastIndexOf('.'));
        return first > 0 && last > first ? new CellAddress(name[..first], name[(first + 1)..last], name[(last + 1)..]) : null;
    }
}
