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
    var diagnostics: [Diagnostic] = []
    guard
        let rows = readSources(
            schema: schema, sources: sources, workspaceRoot: workspaceRoot, options: options,
            diagnostics: &diagnostics)
    else { return (nil, diagnostics) }
    let folder = try PendingFolder(target: target)
    return (try writeDataset(rows, schema: schema, options: options, into: folder), diagnostics)
}

/// What the sources hold, checked.
struct ImportedRows {
    var customers: CustomerRows
    var events: EventRows
    var skippedRows: Int
}

/// Nil with an error among the diagnostics.
private func readSources(
    schema: DataSchema, sources: DataSources, workspaceRoot: String, options: ImportOptions,
    diagnostics: inout [Diagnostic]
) -> ImportedRows? {
    // Both headers are looked at before the rows of either, so that one run says all that is wrong with them.
    var log = BadRowLog(budget: options.badRowsMax)
    var progress = ProgressReporter(options.progress)
    let customerSource = open(sources.customers, workspaceRoot, &diagnostics) { columns, zone in
        CustomerRows(schema.customer, zone: zone, columns: &columns)
    }
    let eventSource = open(sources.events, workspaceRoot, &diagnostics) { columns, zone in
        EventRows(schema.events, zone: zone, columns: &columns)
    }
    guard var customerSource, var eventSource else { return nil }
    var path = sources.customers.path
    do {
        log.begin(path: path)
        try customerSource.rows.read(&customerSource.reader, log: &log, progress: &progress)
        path = sources.events.path
        log.begin(path: path)
        try eventSource.rows.read(
            &eventSource.reader, customers: customerSource.rows, log: &log, progress: &progress)
    } catch {
        diagnostics += log.isOverBudget ? log.diagnostics : []
        diagnostics.append(SourceFailure(error).diagnostic(path: path))
        return nil
    }
    diagnostics += log.diagnostics
    if log.isOverBudget { return nil }
    let skipped = eventSource.rows.skippedEvents
    if !skipped.isEmpty { diagnostics.append(finding(skipped, path: sources.events.path)) }
    return ImportedRows(customers: customerSource.rows, events: eventSource.rows, skippedRows: log.skippedRows)
}

/// A source with its header read, and what takes its rows.
private struct OpenSource<Rows>: ~Copyable {
    var reader: CSVReader
    var rows: Rows
}

private func open<Rows>(
    _ table: DataSources.Table, _ workspaceRoot: String, _ diagnostics: inout [Diagnostic],
    _ match: (inout SourceColumns, TimeZoneRules) -> Rows?
) -> OpenSource<Rows>? {
    let path = table.path.hasPrefix("/") ? table.path : workspaceRoot + "/" + table.path
    guard let zone = TimeZoneRules.named(table.zone) else {
        diagnostics.append(
            Diagnostic(.unknownSourceZone, "the source's zone `\(table.zone)` is not known", at: .path(table.path)))
        return nil
    }
    do {
        let reader = try CSVReader.open(path)
        var columns = SourceColumns(table, names: reader.columns)
        let rows = match(&columns, zone)
        diagnostics += columns.diagnostics
        guard let rows else { return nil }
        return OpenSource(reader: reader, rows: rows)
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
