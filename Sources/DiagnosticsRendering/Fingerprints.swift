internal import Crypto
package import Diagnostics

/// What a finding is called by tools that follow it from run to run, and by baselines.
///
/// Made of the code, the path, the message and the text of the line, so that edits elsewhere in the file change nothing.
package struct Fingerprints: Sendable {
    /// 64 lower-case hexadecimal digits, in the order of the findings; no two are equal.
    package let all: [String]

    package init(_ diagnostics: [Diagnostic], in sources: SourceMap) {
        var seen: [String: Int] = [:]
        all = diagnostics.map { diagnostic in
            let identity = Self.identity(of: diagnostic, in: sources)
            let repeats = seen[identity, default: 0]
            seen[identity] = repeats + 1
            return Self.hexadecimal("\(identity)\u{0}\(repeats)")
        }
    }

    private static func identity(of diagnostic: Diagnostic, in sources: SourceMap) -> String {
        let place: (path: String, text: String) =
            switch diagnostic.place {
            case .span(let span):
                sources[span.file].map { ($0.path, trimmed($0.lineText($0.line(at: span.lower)))) } ?? ("", "")
            case .line(let path, let line): (path, String(line))
            case .path(let path): (path, "")
            }
        return [diagnostic.code.id, place.path, diagnostic.message, place.text].joined(separator: "\u{0}")
    }

    /// Without the indentation, which may change when something around the line does.
    private static func trimmed(_ line: String) -> String {
        let start = line.unicodeScalars.drop { $0 == " " || $0 == "\t" }
        return String(start)
    }

    private static func hexadecimal(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).reduce(into: "") { result, byte in
            result += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}
