internal import ArgumentParser
internal import Diagnostics
internal import DiagnosticsRendering
internal import Foundation

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case human, concise, json
}

/// Where findings go and how they look. Data goes to standard output, talk to standard error.
struct Output {
    enum Stream {
        case data, talk
    }

    let format: OutputFormat

    func show(_ diagnostics: [Diagnostic], in sources: SourceMap, on stream: Stream) {
        switch format {
        case .json: write(JSONRenderer().render(diagnostics, in: sources), to: stream)
        case .concise: write(ConciseRenderer().render(diagnostics, in: sources), to: stream)
        case .human:
            let color: ColorMode = isColored(stream) ? .on : .off
            let text = HumanRenderer(color: color).render(diagnostics, in: sources)
            if !text.isEmpty { write(text, to: stream) }
        }
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
    func write(_ text: String, to stream: Stream) {
        let handle = stream == .data ? FileHandle.standardOutput : FileHandle.standardError
        do {
            try handle.write(contentsOf: Foundation.Data(text.utf8))
        } catch {
            // A closed pipe is the reader's way of saying enough, and nobody hears talk that cannot be written.
            guard stream == .data, errno != EPIPE else { return }
            let finding = Diagnostic(
                .outputNotWritten, "standard output cannot be written", at: .path("command line"),
                help: ["make room, or name another place"])
            show([finding], in: SourceMap(), on: .talk)
            Foundation.exit(ExitStatus.noInput.rawValue)
        }
    }
}
