internal import ArgumentParser
internal import Diagnostics
internal import DiagnosticsRendering
internal import Foundation

/// How a command shows its results and findings.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case human, concise, json

    var findings: DiagnosticsFormat {
        switch self {
        case .human: .human
        case .concise: .concise
        case .json: .json
        }
    }
}

/// Where findings go and how they look. Data goes to standard output, talk to standard error.
struct Output {
    enum Stream {
        case data, talk
    }

    let format: DiagnosticsFormat
    let files: [FindingsFile]
    /// The folder of the workspace at hand.
    let workspace: String

    /// Begins the files; ends the program where one cannot be written.
    init(format: DiagnosticsFormat, files: [FindingsFile] = [], workspace: String = ".") {
        (self.format, self.files, self.workspace) = (format, files, workspace)
        for file in files { write { () throws(FindingsFile.NotWritten) in try file.begin() } }
    }

    /// Shows findings, and adds them to the files.
    func show(_ diagnostics: [Diagnostic], in sources: SourceMap, on stream: Stream) {
        let color: ColorMode = isColored(stream) ? .on : .off
        let setting = DiagnosticsSetting.ofRun(format, workspace: workspace, color: color, width: width(of: stream))
        let text = format.render(diagnostics, in: sources, setting)
        if !text.isEmpty { write(text, to: stream) }
        for file in files {
            write { () throws(FindingsFile.NotWritten) in try file.add(diagnostics, in: sources) }
        }
    }

    /// Says where the workspace is, for paths from the repository.
    func locate(workspace: String) {
        for file in files { file.workspace = workspace }
    }

    private func write(_ body: () throws(FindingsFile.NotWritten) -> Void) {
        do {
            try body()
        } catch {
            let finding = Diagnostic(
                .outputNotWritten, "the findings cannot be written to `\(error.path)`", at: .commandLine,
                help: ["name a file in a folder that can be written"])
            write(ConciseRenderer().render([finding], in: SourceMap()), to: .talk)
            Foundation.exit(ExitStatus.noInput.rawValue)
        }
    }

    /// The terminal's columns; 120 where there is none.
    private func width(of stream: Stream) -> Int {
        guard isTerminal(stream) else { return 120 }
        var size = winsize()
        let descriptor = stream == .data ? STDOUT_FILENO : STDERR_FILENO
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else { return 80 }
        return Int(size.ws_col)
    }

    /// Colour only on a terminal, and never with NO_COLOR.
    func isColored(_ stream: Stream) -> Bool {
        let noColor = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return !noColor && isTerminal(stream)
    }

    func isTerminal(_ stream: Stream) -> Bool {
        isatty(stream == .data ? STDOUT_FILENO : STDERR_FILENO) == 1
    }

    /// Ends the program where data would be lost: whoever reads the file must not take a part for the whole.
    func write(_ text: String, to stream: Stream) { write(Array(text.utf8), to: stream) }

    /// The same for bytes that need not be text.
    func write(_ bytes: [UInt8], to stream: Stream) {
        let handle = stream == .data ? FileHandle.standardOutput : FileHandle.standardError
        do {
            try handle.write(contentsOf: Foundation.Data(bytes))
        } catch {
            // A closed pipe is the reader's way of saying enough, and nobody hears talk that cannot be written.
            guard stream == .data, errno != EPIPE else { return }
            let finding = Diagnostic(
                .outputNotWritten, "standard output cannot be written", at: .commandLine,
                help: ["make room, or name another place"])
            show([finding], in: SourceMap(), on: .talk)
            Foundation.exit(ExitStatus.noInput.rawValue)
        }
    }
}
