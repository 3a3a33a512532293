import Foundation
import TestSupport

/// What the environment says about the random comparisons.
enum OracleSettings {
    /// `PABAL_TEST_SEED`: the seed of the first plan; the next ones count up from it.
    static let seed = testSeed("random plans")

    /// `PABAL_PAIRS`: how many pairs of conditions and customer are compared.
    static let pairs = ProcessInfo.processInfo.environment["PABAL_PAIRS"].flatMap { Int($0) } ?? 50_000

    static let customersPerPlan = 4
}
