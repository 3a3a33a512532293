package import CampaignPlan
import CivilTime
package import Diagnostics

/// Makes a data set of CSV sources: reads both, sorts, writes a folder and puts it in the place of `target`.
///
/// Relative paths of sources start at `workspaceRoot`. Findings about the sources are diagnostics; with an error among
/// them there is no summary and the target is as it was. Throws a `DatasetError` if the target cannot be written, and
/// before reading anything if something that is not a data set is there.
package func importDataset(
    schema: DataSchema, sources: DataSources, workspaceRoot: String, to target: String, options: ImportOptions
) throws -> (ImportSummary?, [Diagnostic]) {
    try PendingFolder.checkTarget(target)
    // Made when it is needed first, so that sources that are refused leave nothing behind.
    let folder = LazyFolder(target: target)
    do {
        var diagnostics: [Diagnostic] = []
        guard
            let rows = try readSources(
                schema: schema, sources: sources, workspaceRoot: workspaceRoot, options: options, folder: folder,
                diagnostics: &diagnostics)
        else {
            folder.discard()
            return (nil, diagnostics)
        }
        return (try writeDataset(rows, schema: schema, options: options, into: folder.open()), diagnostics)
    } catch {
        folder.discard()
        throw error
    }
}

/// What the sources hold, checked.
struct ImportedRows {
    var customers: CustomerRows
    var keys: SortedTexts
    var events: ReadEvents
    var columns: EventColumns
    var layout: RowLayout
    var bins: CustomerBins
    var skippedRows: Int
}

/// Nil with an error among the diagnostics.
private func readSources(
    schema: DataSchema, sources: DataSources, workspaceRoot: String, options: ImportOptions, folder: LazyFolder,
    diagnostics: inout [Diagnostic]
) throws -> ImportedRows? {
    // Both headers are looked at before the rows of either, so that one run says all that is wrong with them.
    var log = BadRowLog(budget: options.badRowsMax)
    var progress = ProgressReporter(options.progress)
    let customerSource = open(sources.customers, workspaceRoot, options, &diagnostics) { columns, zone in
        CustomerRows(schema.customer, zone: zone, columns: &columns)
    }
    let eventSource = open(sources.events, workspaceRoot, options, &diagnostics) { columns, zone in
        EventColumns(schema.events, zone: zone, columns: &columns)
    }
    guard let customerSource, let eventSource else { return nil }
    var path = sources.customers.path
    do {
        log.begin(path: path)
        var customers = customerSource.rows
        try customers.read(CSVReader(customerSource.source), log: &log, progress: &progress, options)
        path = sources.events.path
        log.begin(path: path)
        let keys = SortedTexts(customers.keys, normalise: false)
        let layout = RowLayout(eventSource.rows)
        let bins = CustomerBins(customers: keys.count)
        let events = try readEvents(
            eventSource.source, columns: eventSource.rows, layout: layout, customers: KeyTable(keys),
            rejected: customers.rejected, bins: bins, options: options, log: &log, scratch: { try folder.scratch() })
        diagnostics += log.diagnostics
        if log.isOverBudget { return nil }
        if !events.skipped.isEmpty { diagnostics.append(finding(events.skippedEvents, path: path)) }
        return ImportedRows(
            customers: customers, keys: keys, events: events, columns: eventSource.rows, layout: layout, bins: bins,
            skippedRows: log.skippedRows)
    } catch {
        if error is DatasetError || error is CancellationError { throw error }
        diagnostics += log.isOverBudget ? log.diagnostics : []
        diagnostics.append(SourceFailure(error).diagnostic(path: path))
        return nil
    }
}

/// A source with its header read, and what takes its rows.
private struct OpenSource<Rows> {
    let source: BlockSource
    let rows: Rows
}

private func open<Rows>(
    _ table: DataSources.Table, _ workspaceRoot: String, _ options: ImportOptions, _ diagnostics: inout [Diagnostic],
    _ match: (inout SourceColumns, TimeZoneRules) -> Rows?
) -> OpenSource<Rows>? {
    let path = table.path.hasPrefix("/") ? table.path : workspaceRoot + "/" + table.path
    guard let zone = TimeZoneRules.named(table.zone) else {
        diagnostics.append(
            Diagnostic(.unknownSourceZone, "the source's zone `\(table.zone)` is not known", at: .path(table.path)))
        return nil
    }
    do {
        // Small enough that each thread can hold a few times as much in a part of the memory.
        let blockBytes = max(64, min(1 << 22, options.memory / 32 / options.threads))
        let source = try BlockSource(path: path, blockBytes: blockBytes)
        var columns = SourceColumns(table, names: source.columns)
        let rows = match(&columns, zone)
        diagnostics += columns.otherDelimiter.map { [$0] } ?? columns.diagnostics
        guard let rows else { return nil }
        return OpenSource(source: source, rows: rows)
    } catch {
        diagnostics.append(SourceFailure(error).diagnostic(path: table.path))
        return nil
    }
}

private func finding(_ skipped: [DatasetHeader.SkippedEvents], path: String) -> Diagnostic {
    let rows = skipped.reduce(0) { $0 + $1.rows }
    let largest = skipped.sorted { $0.rows != $1.rows ? $0.rows > $1.rows : $0.name < $1.name }.prefix(10)
    let more = skipped.count - largest.count
    return Diagnostic(
        .skippedEvents,
        "left out \(rows) \(rows == 1 ? "event" : "events") of \(skipped.count) "
            + "\(skipped.count == 1 ? "type" : "types") that the catalog does not list",
        at: .path(path),
        notes: largest.map { "`\($0.name)`: \($0.rows)" } + (more > 0 ? ["\(more) more types"] : []))
}
