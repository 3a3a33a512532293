import Diagnostics
import Testing

/// A workspace with one mistake, and the one finding that it must give.
struct FindingCase: CustomTestStringConvertible {
    let code: Code
    let name: String
    let files: SampleFiles

    init(_ code: Code, _ name: String, _ files: SampleFiles) {
        self.code = code
        self.name = name
        self.files = files
    }

    /// Name of the snapshot.
    var title: String { "Findings/\(code.id)-\(name)" }
    var testDescription: String { title }

    static let all =
        yaml + structure + names + catalog + comparisons + behaviour + derived + schedules + campaigns + lives
        + sequences
        + populations + histories + journeys
}
