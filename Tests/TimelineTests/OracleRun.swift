import ContractOracle

/// The comparisons of one run, in order: plan after plan, each with a few customers.
struct OracleRun {
    let seed: UInt64
    let pairs: Int

    struct Failure {
        let pair: OraclePair
        let disagreement: OracleDisagreement
        /// With it as `PABAL_TEST_SEED` the first plan of a run is the one that failed.
        let seed: UInt64
        /// How many pairs were compared, this one included.
        let pairs: Int
    }

    /// Compares every `parts`-th plan, beginning with number `part`, until engine and oracle disagree.
    func firstFailure(part: Int = 0, of parts: Int = 1, mutation: NaiveMutation? = nil) -> Failure? {
        let plans = (pairs + OracleSettings.customersPerPlan - 1) / OracleSettings.customersPerPlan
        var compared = 0
        for number in stride(from: part, to: plans, by: parts) {
            let planSeed = seed &+ UInt64(number)
            var random = RandomPlan(seed: planSeed)
            var engine = OracleEngine(random.plan)
            for customer in 0..<OracleSettings.customersPerPlan {
                let pair = OraclePair(
                    plan: random.plan, roots: random.roots, exit: random.exit, customer: random.customer(),
                    seed: planSeed &* 31 &+ UInt64(customer))
                compared += 1
                if let disagreement = pair.disagreement(with: &engine, mutation: mutation) {
                    return Failure(pair: pair, disagreement: disagreement, seed: planSeed, pairs: compared)
                }
            }
        }
        return nil
    }
}
