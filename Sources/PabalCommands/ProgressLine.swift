internal import Dataset
internal import Foundation
internal import Synchronization

/// One line on a terminal that is written over and over.
final class ProgressLine: Sendable {
    private let isShown: Bool
    private let wasWritten = Mutex(false)

    init(isShown: Bool) {
        self.isShown = isShown
    }

    func show(_ progress: ImportProgress) {
        guard isShown else { return }
        wasWritten.withLock { $0 = true }
        let share = progress.bytesTotal.map { $0 > 0 ? " \(min(100, progress.bytes * 100 / $0))%" : "" } ?? ""
        write("\r\u{1B}[2Kimport: \(progress.phase.rawValue), \(progress.rows) rows\(share)")
    }

    func end() {
        guard wasWritten.withLock({ $0 }) else { return }
        write("\r\u{1B}[2K")
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Foundation.Data(text.utf8))
    }
}
