import Foundation
import Synchronization

/// The events of a source, not sorted yet.
struct ReadEvents: Sendable {
    /// In the order of the source.
    var blocks: [RowBlock] = []
    /// By thread, by name of text.
    var texts: [Int: [ColumnTexts]] = [:]
    var totals = EventTotals()
    /// Rows of event types that the schema does not list.
    var skipped: [String: Int] = [:]

    /// Sorted by name.
    var skippedEvents: [DatasetHeader.SkippedEvents] {
        skipped.map { DatasetHeader.SkippedEvents(name: $0.key, rows: $0.value) }.sorted { $0.name < $1.name }
    }
}

/// Reads the events' source on several threads, which take turns at fetching blocks and parse them side by side.
///
/// What the source holds is the same whoever parses what: blocks are merged in their order.
func readEvents(
    _ source: BlockSource, columns: EventColumns, layout: RowLayout, customers: KeyTable, rejected: TextPool,
    bins: CustomerBins, options: ImportOptions, log: inout BadRowLog,
    scratch: @escaping @Sendable () throws -> ScratchFile
) throws -> ReadEvents {
    let merging = Mutex(BlockMerging(line: source.firstLine, log: log, progress: ProgressReporter(options.progress)))
    let source = Mutex(source)
    let names = source.withLock { $0.columns }
    let blockBytes = source.withLock { $0.blockBytes }
    onThreads(options.threads) { worker in
        var parser = EventParser(
            worker: worker, columns: columns, layout: layout, bins: bins, customers: customers, rejected: rejected,
            names: names)
        let block = SourceBlock(capacity: blockBytes)
        while !merging.withLock({ $0.isStopped }) {
            let (isThere, read, total) = source.withLock { source in
                (source.next(into: block), source.progress.read, source.progress.total)
            }
            guard isThere else { break }
            let parsed = parser.parse(block)
            do {
                if options.isCancelled?() == true { throw CancellationError() }
                let fits = merging.withLock { $0.reserve(parsed.rows.byteCount, of: options.memory / 4 * 3) }
                if !fits { try parsed.rows.spill(to: scratch()) }
                merging.withLock { $0.add(parsed, bytes: read, bytesTotal: total) }
            } catch {
                merging.withLock { $0.error = $0.error ?? error }
            }
        }
        let (texts, totals, skipped) = (parser.texts, parser.totals, parser.skippedEvents)
        merging.withLock { merging in
            merging.events.texts[worker] = texts
            merging.events.totals.merge(totals)
            merging.events.skipped.merge(skipped) { $0 + $1 }
        }
    }
    let events = try merging.withLock { merging in
        log = merging.log
        if let error = merging.error { throw error }
        if let failure = merging.failure { throw failure }
        return merging.events
    }
    return events
}

/// Puts parsed blocks in their order.
private struct BlockMerging {
    var events = ReadEvents()
    var log: BadRowLog
    var failure: SourceFailure?
    var error: (any Error)?
    private var progress: ProgressReporter
    private var waiting: [Int: ParsedBlock] = [:]
    private var nextIndex = 0
    /// Records in the blocks before.
    private var records = 0
    /// The line of the next block's first record.
    private var line: Int
    private var bytesInMemory = 0

    init(line: Int, log: BadRowLog, progress: ProgressReporter) {
        self.line = line
        self.log = log
        self.progress = progress
    }

    var isStopped: Bool { failure != nil || error != nil }

    /// True if so many bytes more fit into memory.
    mutating func reserve(_ bytes: Int, of limit: Int) -> Bool {
        guard bytesInMemory + bytes <= limit else { return false }
        bytesInMemory += bytes
        return true
    }

    mutating func add(_ block: ParsedBlock, bytes: Int, bytesTotal: Int) {
        waiting[block.index] = block
        while failure == nil, let block = waiting.removeValue(forKey: nextIndex) {
            nextIndex += 1
            merge(block)
        }
        progress.show(
            ImportProgress(
                phase: .readingEvents, rows: records, bytes: bytes, bytesTotal: bytesTotal > 0 ? bytesTotal : nil))
    }

    private mutating func merge(_ block: ParsedBlock) {
        guard records + block.recordCount < Int(UInt32.max) else {
            failure = .tooManyRows(line: line)
            return
        }
        block.rows.firstRow = records
        for (below, defect) in block.defects { log.add(defect, line: line + below) }
        log.add(unshown: block.defectCount - block.defects.count)
        log.add(followers: block.followers)
        failure = block.failure?.moved(by: line)
        records += block.recordCount
        line += block.lineCount
        if block.rows.byteCount > 0 { events.blocks.append(block.rows) }
    }
}

/// Calls `body` on so many threads, with numbers from 0, and waits for all.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for number in 1..<max(1, count) {
        group.enter()
        let thread = Thread {
            body(number)
            group.leave()
        }
        thread.stackSize = 1 << 21
        thread.start()
    }
    body(0)
    group.wait()
}
