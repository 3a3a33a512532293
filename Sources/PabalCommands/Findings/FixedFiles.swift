internal import CampaignCompiler
internal import Diagnostics
internal import DiagnosticsRendering

/// The files of a workspace as the safe fixes of its findings would make them.
struct FixedFiles {
    private let directory: String
    private let files: [(source: SourceText, bytes: [UInt8])]

    init(_ compilation: Compilation, in directory: String) {
        self.directory = directory
        files = compilation.diagnostics.applyingFixes(to: compilation.sources)
            .compactMap { file, bytes in compilation.sources[file].map { ($0, bytes) } }
            .sorted { $0.source.path.utf8.lexicographicallyPrecedes($1.source.path.utf8) }
    }

    /// `isShown`: on a terminal.
    func diff(isShown: Bool) -> String {
        files.map { file in
            UnifiedDiff(path: file.source.path, from: file.source.bytes, to: file.bytes, isShown: isShown).text
        }.joined()
    }

    /// Each file appears whole or stays as it was. Gives the paths that were written, and says so.
    func write(_ output: Output) throws -> [String] {
        for file in files {
            try PabalCommands.write(
                file.bytes, to: "\(directory)/\(file.source.path)", output,
                help: "correct its permissions, or see `--diff`")
            output.write("corrected \(file.source.path)\n", to: .talk)
        }
        return files.map(\.source.path)
    }
}
