import Diagnostics

/// Why a source cannot be read any further.
enum SourceFailure: Error, Equatable {
    case missing
    case folder
    case unreadable(String)
    case truncatedGzip(line: Int)
    case damagedGzip(line: Int)
    case trailingGzip(line: Int)
    case unclosedQuote(line: Int)
    case endlessRow(line: Int)
    case tooManyRows(line: Int)
    case unreadableHeader(String)

    /// What any part of reading a source throws.
    init(_ error: any Error) {
        self = error as? SourceFailure ?? .unreadable("\(error)")
    }

    /// The same, so many lines further down.
    func moved(by lines: Int) -> SourceFailure {
        switch self {
        case .missing, .folder, .unreadable, .unreadableHeader: self
        case .truncatedGzip(let line): .truncatedGzip(line: line + lines)
        case .damagedGzip(let line): .damagedGzip(line: line + lines)
        case .trailingGzip(let line): .trailingGzip(line: line + lines)
        case .unclosedQuote(let line): .unclosedQuote(line: line + lines)
        case .endlessRow(let line): .endlessRow(line: line + lines)
        case .tooManyRows(let line): .tooManyRows(line: line + lines)
        }
    }

    func diagnostic(path: String) -> Diagnostic {
        switch self {
        case .missing: Diagnostic(.noSource, "the source does not exist", at: .path(path))
        case .folder: Diagnostic(.noSource, "the source is a folder", at: .path(path))
        case .unreadable(let detail): Diagnostic(.noSource, "cannot read the source: \(detail)", at: .path(path))
        case .truncatedGzip(let line):
            Diagnostic(
                .damagedGzip, "the compressed source ends too early", at: .line(path: path, line: line),
                help: [Self.anotherCopy])
        case .damagedGzip(let line):
            Diagnostic(
                .damagedGzip, "the compressed source is damaged", at: .line(path: path, line: line),
                help: [Self.anotherCopy])
        case .trailingGzip(let line):
            Diagnostic(
                .damagedGzip, "something else follows the compressed data", at: .line(path: path, line: line),
                help: [Self.anotherCopy])
        case .unclosedQuote(let line):
            Diagnostic(
                .endlessRow, "a quote is never closed", at: .line(path: path, line: line),
                help: ["close the quote; inside a quoted field a quote is written twice"])
        case .endlessRow(let line):
            Diagnostic(
                .endlessRow, "the row is longer than 16 MiB", at: .line(path: path, line: line),
                help: ["look for a quote that is never closed; inside a quoted field a quote is written twice"])
        case .tooManyRows(let line):
            Diagnostic(.tooManyRows, "the source has too many rows", at: .line(path: path, line: line))
        case .unreadableHeader(let detail):
            Diagnostic(
                .noHeader, "\(detail)", at: .line(path: path, line: 1),
                help: ["write the names of the columns into the first row, in UTF-8"])
        }
    }

    private static let anotherCopy = "copy or compress the file again; `gzip -t` tests it"
}
