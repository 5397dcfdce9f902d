using System.Globalization;
using System.Reflection;

namespace DisclosureApi.Store.Schema;

/// <summary>
/// One numbered step of the schema, an embedded file such as <c>002-rebuilds.sql</c>. A step that was released is never
/// changed. Each adds only what the program of the step before can go on beside: new tables, new columns with a default
/// or without need, new functions. What is no longer used is taken away one release later, because hosts of two versions
/// serve from one database while they are replaced one by one. An index goes at once when another takes its place, because
/// both would cost every write; until they are replaced, hosts of the version before answer without it, or 503 where that takes too long.
/// </summary>
/// <param name="Number">From 1 without a gap.</param>
/// <param name="Name">What the step does.</param>
public sealed record SchemaVersion(int Number, string Name, string Sql)
{
    /// <summary>All steps in order; the last is the version this program was written for.</summary>
    public static IReadOnlyList<SchemaVersion> All { get; } = Read();

    private static List<SchemaVersion> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var versions = assembly.GetManifestResourceNames()
            .Where(file => file.EndsWith(".sql", StringComparison.Ordinal))
            .Select(file => Read(assembly, file))
            .OrderBy(version => version.Number)
            .ToList();
        return versions.Select(version => version.Number).SequenceEqual(Enumerable.Range(1, versions.Count))
            ? versions
            : throw new InvalidOperationException("The numbers of the schema's versions have a gap.");
    }

    private static SchemaVersion Read(Assembly assembly, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
        return new SchemaVersion(int.Parse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture), name[(dash + 1)..], reader.ReadToEnd());
    }
}
