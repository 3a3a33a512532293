internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// How long after the last event stages begin, in milliseconds: `0 < atRisk < lapsed`.
struct LifecycleThresholds {
    private(set) var atRisk: Int64 = 90 * 86_400_000
    private(set) var lapsed: Int64 = 365 * 86_400_000

    init() {}

    /// Those of a workspace; nil after a report.
    init?(_ written: Located<WorkspaceDocument.Lifecycle>, _ context: inout CheckContext) {
        atRisk = written.value.atRisk?.value ?? atRisk
        lapsed = written.value.lapsed?.value ?? lapsed
        guard atRisk > 0 else {
            context.report(
                Diagnostic(
                    .impossibleStages, "nobody would ever be active", at: written.value.atRisk?.span ?? written.span,
                    label: "no time at all", help: ["write a duration above zero"]))
            return nil
        }
        guard atRisk < lapsed else {
            context.report(
                Diagnostic(
                    .impossibleStages, "customers would lapse before they are at risk",
                    at: (written.value.lapsed ?? written.value.atRisk)?.span ?? written.span,
                    label: "the stages must follow each other: active, at_risk, lapsed",
                    related: written.value.lapsed == nil
                        ? [] : written.value.atRisk.map { [.init($0.span, "at risk from here on")] } ?? [],
                    help: [
                        written.value.lapsed == nil
                            ? "write less than the 365d of `lapsed`, or write `lapsed` as well"
                            : "write more than the \(ElapsedTime.text(milliseconds: atRisk)) of `at_risk`"
                    ]))
            return nil
        }
    }
}
