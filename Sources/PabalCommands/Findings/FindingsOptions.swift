internal import ArgumentParser
internal import DiagnosticsRendering

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
}
