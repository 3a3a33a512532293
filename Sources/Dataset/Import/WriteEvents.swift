import CampaignPlan
import Foundation

/// Sorts the events in groups of customers, on several threads, and writes them in the order of the customers.
func writeEvents(
    _ events: ReadEvents, columns: EventColumns, layout: RowLayout, bins: CustomerBins, places: [Int: [[UInt32]]],
    options: ImportOptions, to stream: DatasetStream
) throws {
    let groups = groupBins(
        events.blocks, bins.count, bytes: min(1 << 23, options.memory / 16 / options.threads))
    let clock = stream.clock
    let queue = WritingQueue(stream, groups: groups.count, progress: ProgressReporter(options.progress))
    onThreads(options.threads) { _ in
        while let number = queue.take() {
            do {
                if options.isCancelled?() == true { throw CancellationError() }
                let group = try RowGroup(
                    events.blocks, bins: groups[number], customers: bins.customers(groups[number]), layout: layout,
                    places: places)
                let batches = columns.events.indices.map { group.batch($0, columns.events[$0], clock: clock) }
                queue.write(batches, number)
            } catch {
                queue.fail(error)
            }
        }
    }
    try queue.finish()
}

/// Neighbouring bins whose rows take up about so many bytes together.
private func groupBins(_ blocks: [RowBlock], _ count: Int, bytes: Int) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    var size = 0
    for bin in 0..<count {
        let more = blocks.reduce(0) { $0 + $1.words(bin..<bin + 1) } * MemoryLayout<UInt32>.size
        if size > 0, size + more > bytes {
            groups.append(start..<bin)
            start = bin
            size = 0
        }
        size += more
    }
    groups.append(start..<count)
    return groups
}

/// Gives out groups in their order and takes their rows in the same; the stream is used by one thread at a time, hence
/// unchecked.
private final class WritingQueue: @unchecked Sendable {
    private let stream: DatasetStream
    private let groups: Int
    private let turn = NSCondition()
    private var taken = 0
    private var written = 0
    private var rows = 0
    private var error: (any Error)?
    private var progress: ProgressReporter

    init(_ stream: DatasetStream, groups: Int, progress: ProgressReporter) {
        self.stream = stream
        self.groups = groups
        self.progress = progress
    }

    /// Nil when there is nothing left to do.
    func take() -> Int? {
        turn.lock()
        defer { turn.unlock() }
        guard error == nil, taken < groups else { return nil }
        taken += 1
        return taken - 1
    }

    /// Waits until the groups before this one are written.
    func write(_ batches: [EventBatch], _ number: Int) {
        turn.lock()
        defer { turn.unlock() }
        while written < number, error == nil { turn.wait() }
        guard error == nil else { return }
        do {
            for (event, batch) in batches.enumerated() {
                try stream.append(batch, event: event)
                rows += batch.count
            }
        } catch {
            self.error = error
        }
        written += 1
        progress.show(ImportProgress(phase: .writing, rows: rows, bytes: stream.bytes, bytesTotal: nil))
        turn.broadcast()
    }

    func fail(_ reason: any Error) {
        turn.lock()
        error = error ?? reason
        turn.broadcast()
        turn.unlock()
    }

    func finish() throws {
        if let error { throw error }
    }
}
