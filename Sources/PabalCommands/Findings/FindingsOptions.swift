internal import ArgumentParser
internal import DiagnosticsRendering
internal import Foundation

extension DiagnosticsFormat: ExpressibleByArgument {}

/// Where findings go besides the terminal.
struct FindingsOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Also write the findings to a file; may be given several times. Formats: "
                + DiagnosticsFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "format=FILE"),
        transform: FindingsFile.init(parsing:))
    var diagnostics: [FindingsFile] = []

    func validate() throws {
        var paths: Set<String> = []
        for file in diagnostics where !paths.insert(URL(filePath: file.path).standardizedFileURL.path).inserted {
            throw ValidationError("--diagnostics names `\(file.path)` twice; one would replace the other")
        }
    }
}
