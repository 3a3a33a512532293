/// The identity of a kind of finding, with the text that `pabal explain` prints.
///
/// Codes are stable: a number is never given to another cause. The hundreds follow the area: PB0 YAML, PB1 structure,
/// PB2 names and types, PB4 schedules, PB5 goals and experiments, PB6 channels, PB7 policy, PB8 data, PB9 plans.
package struct Code: Sendable, Hashable {
    /// `PB2104`.
    package let id: String
    package let severity: Severity
    /// What is wrong, in a few words without a place: `unknown attribute`.
    package let title: String
    /// Why it is a finding, in sentences.
    package let cause: String
    /// A small file fragment that causes it.
    package let example: String
    /// How to get out of it, in sentences.
    package let fix: String

    package init(_ id: String, _ severity: Severity, title: String, cause: String, example: String, fix: String) {
        self.id = id
        self.severity = severity
        self.title = title
        self.cause = cause
        self.example = example
        self.fix = fix
    }

    package static func == (a: Code, b: Code) -> Bool { a.id == b.id }
    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
