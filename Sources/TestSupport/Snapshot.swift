import Foundation
package import Testing

/// Compares `actual`, byte for byte, with `Snapshots/NAME.txt` beside the test file.
///
/// With `RECORD_SNAPSHOTS=1` in the environment it writes that file instead and fails the test, so that a recording run
/// never passes. `name` may hold `/` for folders.
package func expectSnapshot(
    _ actual: String, named name: String, filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let shortPath = "Snapshots/\(name).txt"
    let file = URL(filePath: filePath).deletingLastPathComponent().appending(path: shortPath)
    func fail(_ text: String) {
        Issue.record(Comment(rawValue: text), sourceLocation: sourceLocation)
    }
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(actual.utf8).write(to: file)
            fail("recorded \(shortPath); run again without RECORD_SNAPSHOTS")
        } catch {
            fail("cannot record \(shortPath): \(error)")
        }
        return
    }
    guard let stored = try? Data(contentsOf: file) else {
        fail("there is no \(shortPath); RECORD_SNAPSHOTS=1 records it. The text is:\n\(actual)")
        return
    }
    if !stored.elementsEqual(actual.utf8) {
        let changes = lineDifference(from: String(decoding: stored, as: UTF8.self), to: actual)
        fail("\(shortPath) says something else (- stored, + now); RECORD_SNAPSHOTS=1 rewrites it\n\(changes)")
    }
}
