internal import Approvals
internal import CampaignPlan
internal import Diagnostics

/// A plan as `pabal plan --out` has written it.
struct PlanFile {
    let path: String
    let plan: Plan
    let identity: PlanIdentity

    /// Thousands of campaigns take a few MiB.
    static let largest = 64 << 20

    /// Throws `CommandExit` after a report.
    init(_ path: String, output: Output) throws {
        let bytes = try readInput(path, "plan", largest: Self.largest, output)
        let note: String
        do {
            plan = try Plan(canonicalBytes: bytes)
            identity = PlanIdentity(plan)
            self.path = path
            return
        } catch .malformed(let problem) {
            note = "\(problem)"
        } catch .otherFormat(let format) {
            note = "the plan has format \(format), this build reads format \(Plan.formatVersion)"
        } catch .notCanonical {
            note = "the bytes are not those that `pabal plan` writes; it was edited or reformatted"
        }
        throw output.refuse(
            Diagnostic(
                .damagedPlan, "the file `\(path)` is no plan that can be used", at: .path(path), notes: [note],
                help: ["make it again: `pabal plan DIR --out \(path)`"]), .damagedData)
    }

    /// Where approvals lie unless somebody says otherwise: `plan.approvals` beside `plan.json`.
    static func approvalsFolder(_ path: String) -> String {
        (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".approvals"
    }
}
