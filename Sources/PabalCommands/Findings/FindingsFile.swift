internal import ArgumentParser
internal import CampaignCompiler
internal import Diagnostics
internal import DiagnosticsRendering
internal import Foundation

/// A file that gets all findings of one run, in one format, from `--diagnostics FORMAT=FILE`.
///
/// A class, because commands report at several places and the file has all of it: it is written again whenever
/// something is added, so that it is whole even when the program is killed.
final class FindingsFile {
    let format: DiagnosticsFormat
    let path: String
    /// The folder of the workspace that the findings are about.
    var workspace = "."
    private var findings: [Diagnostic] = []
    private var sources = SourceMap()
    private var isBegun = false

    struct NotWritten: Error {
        let path: String
    }

    /// Throws where the text is not `FORMAT=FILE`.
    init(parsing text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let format = DiagnosticsFormat(rawValue: parts[0]) else {
            let formats = DiagnosticsFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--diagnostics takes FORMAT=FILE, where FORMAT is one of \(formats)")
        }
        (self.format, path) = (format, parts[1])
        // It is written anew whenever something is added, which a terminal or a pipe would show each time.
        var status = stat()
        let isPlain = stat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
        guard path == "/dev/null" || isPlain && !path.hasPrefix("/dev/") else {
            throw ValidationError(
                "--diagnostics writes plain files, and `\(path)` is none; --output-format \(format.rawValue) writes to "
                    + "standard output")
        }
    }

    /// Replaces what a run before has left, so that a file without findings says that there were none.
    func begin() throws(NotWritten) {
        if !isBegun { try write() }
    }

    func add(_ added: [Diagnostic], in map: SourceMap) throws(NotWritten) {
        let first = sources.files.count
        for file in map.files { _ = sources.add(file) }
        findings += added.map { $0.moved(by: first) }
        try write()
    }

    private func write() throws(NotWritten) {
        isBegun = true
        let text = format.render(findings, in: sources, .ofRun(format, workspace: workspace))
        do {
            try writeWhole(Array(text.utf8), to: path)
        } catch {
            throw NotWritten(path: path)
        }
    }
}

extension DiagnosticsSetting {
    /// For files and pipes: no colour.
    static func ofRun(
        _ format: DiagnosticsFormat, workspace: String, color: ColorMode = .off, width: Int = 120
    ) -> DiagnosticsSetting {
        let repository = Repository(containing: workspace)
        return DiagnosticsSetting(
            version: compilerVersion, paths: RepositoryPaths(folder: repository.folder),

            // Only annotations are chosen by what changed, and asking costs a process.
            changed: format == .github ? repository.changedFiles() : [], color: color, width: width)
    }
}

extension Diagnostic {
    /// The same in a map that has `count` files before those of its own.
    fileprivate func moved(by count: Int) -> Diagnostic {
        func moved(_ span: Span) -> Span {
            Span(file: FileID(index: span.file.index + count), lower: span.lower, upper: span.upper)
        }
        var result = self
        if case .span(let span) = place { result.place = .span(moved(span)) }
        result.related = related.map { Related(moved($0.span), $0.text) }
        return result
    }
}
