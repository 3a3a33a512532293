internal import CivilTime
internal import Diagnostics

extension Shape where Value == CronExpression {
    /// The five fields of cron; a problem is reported where it stands.
    static let cron = Shape(.scalar("cron expression")) { node, decoder in
        guard case .scalar(let scalar) = node else {
            decoder.reportWrongShape(node, wanted: "a cron expression")
            return nil
        }
        guard !scalar.text.isEmpty else {
            decoder.reportMalformed(scalar, wanted: "a cron expression such as `\"30 12 * * 1-5\"`")
            return nil
        }
        switch CronExpression.parse(scalar.text) {
        case .success(let expression): return expression
        case .failure(let problem):
            decoder.report(
                problem.neverFires
                    ? Diagnostic(
                        .neverFires, "no date fits the cron expression", at: place(of: problem, in: scalar),
                        label: problem.found, help: [problem.help])
                    : Diagnostic(
                        .wrongCron, "`\(scalar.text)` is not a cron expression", at: place(of: problem, in: scalar),
                        label: problem.found, help: [problem.help]))
            return nil
        }
    }

    /// Exact where the text stands in the file as it is: no escapes, no line breaks.
    private static func place(of problem: CronProblem, in scalar: YAMLScalar) -> Span {
        let quotes = scalar.isPlain ? 0 : 1
        let span = scalar.span
        guard span.upper - span.lower == scalar.text.utf8.count + 2 * quotes else { return span }
        return Span(
            file: span.file, lower: span.lower + quotes + problem.range.lowerBound,
            upper: span.lower + quotes + problem.range.upperBound)
    }
}
