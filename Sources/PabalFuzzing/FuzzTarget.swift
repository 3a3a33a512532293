internal import CampaignCompiler
internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics
internal import DiagnosticsRendering

/// A part of the compiler that takes bytes from outside.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// A file to a located tree.
    case yaml
    /// A file to a document.
    case decoder
    /// A workspace to findings in every format, and a plan.
    case validate
    /// A file to its layout.
    case fmt
    /// A cron expression to its times.
    case cron

    /// Takes an input through the part; what came out wrong, nil where nothing did. Traps and hangs are for whoever calls.
    package func problem(with bytes: [UInt8]) -> String? {
        switch self {
        case .yaml: Self.readTree(bytes)
        case .decoder: Self.readDocument(bytes)
        case .validate: Self.compileWorkspace(bytes)
        case .fmt: Self.layOut(bytes)
        case .cron: Self.readCron(bytes)
        }
    }

    private static let file = FileID(index: 0)

    private static func readTree(_ bytes: [UInt8]) -> String? {
        let (tree, diagnostics) = parseYAML(SourceText(path: "a.yaml", bytes: bytes), file)
        if tree == nil, !diagnostics.hasErrors { return "no tree, and nothing says why" }
        return outside(diagnostics, bytes)
    }

    private static func readDocument(_ bytes: [UInt8]) -> String? {
        let source = SourceText(path: "a.yaml", bytes: bytes)
        let (document, diagnostics) = parse(source, file)
        if document == nil, !diagnostics.hasErrors { return "no document, and nothing says why" }
        _ = IgnoreComment.find(in: source, file)
        return outside(diagnostics, bytes)
    }

    private static func compileWorkspace(_ bytes: [UInt8]) -> String? {
        let compilation = compile(FuzzWorkspace.files(of: bytes))
        for format in DiagnosticsFormat.allCases {
            _ = format.render(
                compilation.diagnostics, in: compilation.sources, DiagnosticsSetting(version: compilerVersion))
        }
        if (compilation.plan == nil) != compilation.diagnostics.hasErrors {
            return "a plan with errors, or none without"
        }
        _ = compilation.plan?.canonicalBytes
        _ = compilation.diagnostics.applyingFixes(to: compilation.sources)
        return nil
    }

    private static func layOut(_ bytes: [UInt8]) -> String? {
        let first = format(SourceText(path: "a.yaml", bytes: bytes), file)
        if first.diagnostics.hasErrors { return first.bytes == bytes ? nil : "a file with errors was changed" }
        let again = format(SourceText(path: "a.yaml", bytes: first.bytes), file)
        return again.bytes == first.bytes && again.diagnostics.isEmpty ? nil : "laid out twice is not laid out once"
    }

    private static func readCron(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        switch CronExpression.parse(text) {
        case .success(let expression):
            guard case .success(expression) = CronExpression.parse(expression.text) else {
                return "reads back otherwise"
            }
            let days = (Int32(0)..<1461).lazy.map { CivilDate(daysSinceEpoch: 20_454 + $0) }
            if expression.times.isEmpty { return "no times" }
            _ = days.first { expression.contains($0) }
            return nil
        case .failure(let problem):
            let isInside = problem.range.lowerBound >= 0 && problem.range.upperBound <= max(1, text.utf8.count)
            return isInside ? nil : "a problem outside of the text"
        }
    }

    /// Findings that point behind the file's end.
    private static func outside(_ diagnostics: [Diagnostic], _ bytes: [UInt8]) -> String? {
        for diagnostic in diagnostics {
            if case .span(let span) = diagnostic.place, span.lower > bytes.count || span.upper > bytes.count + 1 {
                return "\(diagnostic.code.id) lies outside of the file"
            }
        }
        return nil
    }
}
