using System.IO.Compression;
using DisclosureApi.Http;

namespace DisclosureApi.Bulk;

/// <summary>One file of a year's reports: what stands on a line, and how its bytes are coded.</summary>
/// <param name="ByCells">Whether each line of a table is a cell, not a report.</param>
/// <param name="WithMark">Whether a byte order mark leads the table.</param>
/// <param name="Coding">The content coding; null when there is none.</param>
internal sealed record ExportFile(int Year, long Position, bool IsTable, bool ByCells, bool WithMark, string? Coding)
{
    public const string Lines = "application/x-ndjson";

    private static readonly byte[] _lineEnd = [(byte)'\n'];

    /// <summary>The three files that a manifest lists.</summary>
    public static IReadOnlyList<ExportFile> Of(int year, long position) =>
        [new(year, position, false, false, false, null), new(year, position, true, false, false, null), new(year, position, true, true, false, null)];

    public string Format => IsTable ? "csv" : "ndjson";

    public string Rows => ByCells ? "cells" : "reports";

    public string ContentType => IsTable ? $"{Body.CsvType}; charset=utf-8; header=present" : Lines;

    /// <summary>The address at which these bytes stand, whatever is published later.</summary>
    public string Address => $"{GetExport.Path(Year)}?asOf={Position}&format={Format}{(ByCells ? "&rows=cells" : "")}{(WithMark ? "&bom=true" : "")}";

    /// <summary>Writes the whole file in the same steps each time, because how a coding cuts its blocks depends on them.</summary>
    /// <param name="isEnough">Whether what comes next is of no use any more.</param>
    /// <returns>How many lines were written, without a table's head.</returns>
    public async Task<long> WriteAsync(IAsyncEnumerable<byte[]> reports, Stream to, Func<bool> isEnough, CancellationToken cancellation)
    {
        await using Stream? coding = Coding switch
        {
            "br" => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
            "gzip" => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
            _ => null,
        };
        // What is not coded goes straight on, and stays open for whoever opened it.
        var coded = coding ?? to;
        if (IsTable)
        {
            await coded.WriteAsync(ExportTable.Head(ByCells, WithMark), cancellation);
        }
        var written = 0L;
        await foreach (var report in reports.WithCancellation(cancellation))
        {
            var (bytes, lines) = IsTable ? ExportTable.Of(report, ByCells) : (report, 1);
            written += lines;
            await coded.WriteAsync(bytes, cancellation);
            if (!IsTable)
            {
                await coded.WriteAsync(_lineEnd, cancellation);
            }
            if (isEnough())
            {
                break;
            }
        }
        return written;
    }
}
