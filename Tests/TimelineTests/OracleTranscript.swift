import CampaignPlan
import CivilTime
import ContractOracle

/// A pair on paper: conditions, customer and difference, so that a failure can be read and answered by hand.
struct OracleTranscript: CustomStringConvertible {
    let pair: OraclePair
    let disagreement: OracleDisagreement

    var description: String {
        ([verdict, "conditions (workspace zone \(pair.plan.workspace.zone)):"]
            + pair.plan.conditions.enumerated().map { "  #\($0.offset) \(line($0.element))" }
            + ["customer: \(existence)"]
            + pair.customer.attributes.sorted { $0.key < $1.key }.map { "  \($0.key): \(text($0.value, of: $0.key))" }
            + pair.customer.events.map { event in
                let properties = event.properties.sorted { $0.key < $1.key }
                    .map { " \($0.key)=\(text($0.value, of: $0.key))" }
                let late = event.recorded.map { ", recorded \(moment($0))" } ?? ""
                return "  \(moment(event.time)) \(event.type)\(properties.joined())\(late)"
            })
            .joined(separator: "\n")
    }

    private var verdict: String {
        let oracle = NaiveOracle(plan: pair.plan, customer: pair.customer)
        switch disagreement {
        case .shape(let root, let intervals, let flaw):
            return "#\(root): \(flaw): \(text(intervals))"
        case .interval(let root, let t, let intervals):
            let expected = oracle.holds(root, at: t)
            return "#\(root) at \(moment(t)): oracle \(expected), engine's intervals \(text(intervals))"
        case .instant(let root, let t):
            let expected = oracle.holds(root, at: t)
            return "#\(root) at \(moment(t)): oracle \(expected), engine's holds(at:) \(!expected)"
        case .alone(let root, let t):
            let expected = oracle.holds(root, at: t)
            return "#\(root) at \(moment(t)): oracle \(expected), evaluator of single instants \(!expected)"
        case .exit(let exit, let trigger, let t):
            let expected = oracle.holds(exit, at: t, trigger: trigger)
            return "exit #\(exit), trigger \(moment(trigger)), at \(moment(t)): oracle \(expected), engine \(!expected)"
        }
    }

    private var existence: String {
        pair.customer.existsFrom == .min ? "always there" : "from \(moment(pair.customer.existsFrom))"
    }

    private func moment(_ time: Int64) -> String { "\(Instant(milliseconds: time)) (\(time))" }

    private func text(_ intervals: [OracleInterval]) -> String {
        "[" + intervals.map { "\(moment($0.from)) ..< \(moment($0.to))" }.joined(separator: ", ") + "]"
    }

    private func text(_ value: NaiveValue, of name: String) -> String {
        switch value {
        case .missing: return "missing"
        case .text(let text): return "\"\(text)\""
        case .number(let number):
            let isInstant = name.hasSuffix("_at") || name == "seen"
            return isInstant ? moment(number) : "\(number)"
        }
    }

    private func line(_ condition: Condition) -> String {
        switch condition {
        case .constant(let value):
            return "\(value)"
        case .not(let child):
            return "not #\(child)"
        case .all(let children):
            return "all " + children.map { "#\($0)" }.joined(separator: " ")
        case .any(let children):
            return "any " + children.map { "#\($0)" }.joined(separator: " ")
        case .attribute(let name, let test):
            return "attribute \(name) \(test)"
        case .attributeTime(let name, let window):
            return "attribute \(name) \(window)"
        case .events(let selection, let window, let measure):
            let tests = selection.tests.map { " where \($0.property) \($0.test)" }.joined()
            return "events \(selection.types.joined(separator: "+"))\(tests) | \(window) | \(measure)"
        case .behaviour(let behaviour):
            return "\(behaviour)"
        case .sequence(let pattern):
            return "sequence \(pattern)"
        case .anniversary(let anniversary):
            return "anniversary \(anniversary)"
        case .population(let population, let test):
            return "population \(population) \(test)"
        case .movement(let child, let movement, let within):
            return "\(movement) #\(child) within \(within)"
        }
    }
}
