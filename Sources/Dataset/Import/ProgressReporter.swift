/// Passes progress on, at most ten times a second.
struct ProgressReporter {
    private let report: (@Sendable (ImportProgress) -> Void)?
    private var last = ContinuousClock.now

    init(_ report: (@Sendable (ImportProgress) -> Void)?) {
        self.report = report
    }

    /// Cheap enough for every row: looks at the clock only for one in 4,096.
    mutating func read(_ phase: ImportProgress.Phase, _ reader: borrowing CSVReader) {
        guard report != nil, reader.rows & 0xFFF == 0 else { return }
        let (bytes, total) = reader.source.progress
        show(ImportProgress(phase: phase, rows: reader.rows, bytes: bytes, bytesTotal: total > 0 ? total : nil))
    }

    mutating func show(_ progress: ImportProgress) {
        guard let report else { return }
        let now = ContinuousClock.now
        guard now - last >= .milliseconds(100) else { return }
        last = now
        report(progress)
    }
}
