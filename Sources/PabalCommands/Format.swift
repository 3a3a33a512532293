internal import ArgumentParser
internal import CampaignSyntax
internal import Diagnostics
internal import DiagnosticsRendering
internal import Foundation

struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Give the files of a workspace the one layout of the language.",
        discussion: """
            Two blanks a level, one between the parts of a line, at most one empty line. Words, quotes, comments and the \
            order of keys stay, and so do the plan and its digest. Files with YAML errors are reported and stay as they \
            are. With `-` standard input is laid out to standard output.
            Exit status 1 where a file cannot be read, or with --check would change.
            """)

    @Argument(help: ArgumentHelp("Files, workspaces or folders in them, or `-`.", valueName: "path"))
    var paths = ["."]

    @Flag(name: .long, help: "Change nothing; report the files that have another layout, and exit 1 if there are any.")
    var check = false

    @Flag(name: .long, help: "Change nothing; show what would change, as a diff.")
    var diff = false

    @Option(name: .long, help: ArgumentHelp("How findings are shown.", valueName: "format"))
    var outputFormat: DiagnosticsFormat = .human

    @OptionGroup var findings: FindingsOptions

    func validate() throws {
        if paths.contains("-"), paths.count > 1 { throw ValidationError("`-` is standard input; it stands alone") }
    }

    func run() throws {
        let output = Output(format: outputFormat, files: findings.diagnostics)
        let isInput = paths == ["-"]
        let input = isInput ? nil : try FormatInput(paths, output)
        let files = input?.files ?? [("standard input", standardInput())]
        var report = FormatReport(input?.unread ?? [])
        for (path, bytes) in files {
            let laidOut = report.add(path, bytes, isChecked: check)
            if diff {
                let diff = UnifiedDiff(path: path, from: bytes, to: laidOut, isShown: output.isTerminal(.data))
                output.write(diff.text, to: .data)
            } else if isInput {
                // Whoever pipes a text through gets it back, whatever is wrong with it.
                if !check { output.write(laidOut, to: .data) }
            } else if !check, laidOut != bytes {
                try write(laidOut, to: path, output, help: "correct its permissions, or see `--diff`")
            }
        }
        let hasData = diff || (isInput && !check)
        output.show(report.diagnostics, in: report.sources, on: hasData ? .talk : .data)
        if !isInput {
            let files = files.count == 1 ? "1 file" : "\(files.count) files"
            let verb = check || diff ? "would change" : "changed"
            output.write("\(report.changed) of \(files) \(verb)\n", to: .talk)
        }
        if report.diagnostics.hasErrors { throw CommandExit(.findings) }
    }

    private func standardInput() -> [UInt8] { Array(FileHandle.standardInput.readDataToEndOfFile()) }
}

/// What laying out a number of files gave.
private struct FormatReport {
    private(set) var sources = SourceMap()
    private(set) var diagnostics: [Diagnostic]
    private(set) var changed = 0

    init(_ unread: [Diagnostic]) {
        diagnostics = unread
    }

    /// The file's bytes in the layout; its own where it cannot be read.
    mutating func add(_ path: String, _ bytes: [UInt8], isChecked: Bool) -> [UInt8] {
        let source = SourceText(path: path, bytes: bytes)
        let file = sources.add(source)
        let result = format(source, file)
        diagnostics += result.diagnostics
        guard result.bytes != bytes else { return bytes }
        changed += 1
        if isChecked { diagnostics.append(finding(source, file, result.bytes)) }
        return result.bytes
    }

    /// At the first line that would change.
    private func finding(_ source: SourceText, _ file: FileID, _ bytes: [UInt8]) -> Diagnostic {
        let same = zip(source.bytes, bytes).prefix { $0 == $1 }.count
        let line = source.line(at: min(same, max(0, source.bytes.count - 1)))
        let start = source.lineStarts[line - 1]
        let text = source.lineText(line)
        return Diagnostic(
            .otherLayout, "the file has another layout than `pabal fmt` gives it",
            at: Span(file: file, lower: start, upper: min(source.bytes.count, start + max(1, text.utf8.count))),
            label: "the first line that would change", help: ["run `pabal fmt`, or see `pabal fmt --diff`"])
    }
}
