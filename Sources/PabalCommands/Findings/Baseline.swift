internal import Diagnostics
internal import DiagnosticsRendering
internal import Foundation

/// Findings that a workspace is known to have: only what is new is shown, so that an old workspace can be brought under
/// review before it is tidied up.
struct Baseline: Codable {
    private let pabalBaseline: Int
    private let findings: [Entry]

    private struct Entry: Codable {
        let code: String
        let path: String
        let message: String
        let fingerprint: String
    }

    private static let version = 1

    var count: Int { findings.count }

    /// Of findings in their order; renders the same bytes on every machine.
    init(of diagnostics: [Diagnostic], in sources: SourceMap) {
        pabalBaseline = Self.version
        let shown = diagnostics.sorted(in: sources)
        findings = zip(shown, Fingerprints(shown, in: sources).all).map { diagnostic, fingerprint in
            Entry(
                code: diagnostic.code.id, path: RepositoryPaths().path(of: diagnostic, in: sources) ?? "",
                message: diagnostic.message, fingerprint: fingerprint)
        }
    }

    /// Throws `CommandExit` after a report where the file is missing or no baseline.
    init(reading path: String, _ output: Output) throws {
        let data = Foundation.Data(try readInput(path, "baseline", largest: 1 << 28, output))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let baseline = try? decoder.decode(Baseline.self, from: data), baseline.pabalBaseline == Self.version
        else {
            throw output.refuse(
                Diagnostic(
                    .baselineUnreadable, "the file is no baseline", at: .path(path),
                    help: ["write it again with `--write-baseline \(path)`"]), .findings)
        }
        self = baseline
    }

    /// The findings that are not known, and one more where known ones are gone.
    func removed(from diagnostics: [Diagnostic], in sources: SourceMap, path: String) -> [Diagnostic] {
        let shown = diagnostics.sorted(in: sources)
        let fingerprints = Fingerprints(shown, in: sources).all
        let known = Set(findings.map(\.fingerprint))
        let new = zip(shown, fingerprints).filter { !known.contains($1) }.map(\.0)
        // What a file that cannot be read would have is not known, nor what depends on it.
        let isWhole = !diagnostics.contains { $0.code.severity == .error && $0.code.id.hasPrefix("PB0") }
        let gone = isWhole ? findings.filter { !fingerprints.contains($0.fingerprint) } : []
        guard let first = gone.first else { return new }
        let more = gone.count == 1 ? "" : " and \(gone.count - 1) more"
        return new + [
            Diagnostic(
                .baselineOutdated, "the baseline has findings that are gone", at: .path(path),
                notes: ["\(first.code) in \(first.path): \(first.message)\(more)"],
                help: ["write it again with `--write-baseline \(path)`"])
        ]
    }

    /// Pretty-printed, so that a review sees what was accepted.
    var bytes: Foundation.Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self) + [0x0A]
        }
    }
}
