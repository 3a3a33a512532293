package struct RunnerSettings: Hashable, Sendable {
    package var workspace: String
    package var environment: String
    /// How late an occurrence may start, in milliseconds; later it is missed.
    package var startDeadline: Int64 = 3_600_000
    /// Customers that are looked at between two commits of an occurrence's list.
    package var listBatch = 4096
    /// Messages that are decided in one commit.
    package var decisionBatch = 512
    /// Messages that are attempted in one commit.
    package var sendBatch = 64
    /// How far ahead triggers are worked out, in milliseconds.
    package var triggerHorizon: Int64 = 86_400_000
    /// How far ahead occurrences are worked out, in milliseconds.
    package var scheduleHorizon: Int64 = 2 * 86_400_000
    /// How old the clock in the store may become while nothing else is written, in milliseconds.
    package var clockAge: Int64 = 60_000
    package var outcomes = OutcomeRule()

    package init(workspace: String, environment: String) {
        self.workspace = workspace
        self.environment = environment
    }
}
