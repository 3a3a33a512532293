import ContractOracle
import Testing

@Suite struct OracleTests {
    static let parts = 4

    @Test(arguments: 0..<parts) func engineAgreesWithTheContract(part: Int) {
        let run = OracleRun(seed: OracleSettings.seed, pairs: OracleSettings.pairs)
        print("conditions against the oracle: PABAL_TEST_SEED=\(run.seed), \(run.pairs) pairs, part \(part + 1)")
        guard let failure = run.firstFailure(part: part, of: Self.parts) else { return }
        let (pair, disagreement) = failure.pair.shrunk(failure.disagreement)
        Issue.record(
            """
            engine and oracle disagree; again with PABAL_TEST_SEED=\(failure.seed) \
            PABAL_PAIRS=\(OracleSettings.customersPerPlan). The smallest pair found:
            \(OracleTranscript(pair: pair, disagreement: disagreement))
            """)
    }

    /// A comparison that does not see a mistake in the oracle would not see it in the engine either.
    @Test(arguments: NaiveMutation.allCases) func mistakesAreNoticed(_ mutation: NaiveMutation) {
        let run = OracleRun(seed: OracleSettings.seed, pairs: 20_000)
        let failure = run.firstFailure(mutation: mutation)
        print("\(mutation): \(failure.map { "noticed after \($0.pairs) pairs" } ?? "not noticed")")
        #expect(failure != nil, "\(mutation) was not noticed in \(run.pairs) pairs, PABAL_TEST_SEED=\(run.seed)")
    }
}
