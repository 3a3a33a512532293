/// How the customers whom two conditions select relate, at every instant, whatever the data says.
package enum ConditionRelation: String, Hashable, Sendable, CaseIterable {
    case equal
    /// Everybody of the first is in the second.
    case inside
    /// Everybody of the second is in the first.
    case around
    /// Nobody is in both.
    case disjoint

    /// The same, said of the second and the first.
    package var reversed: ConditionRelation {
        switch self {
        case .equal, .disjoint: self
        case .inside: .around
        case .around: .inside
        }
    }
}

/// What can be said of conditions without data. What is said is true; what is not said need not be false.
extension ConditionGraph {
    /// Nobody can ever satisfy the condition.
    package func isImpossible(_ condition: ConditionIndex, effort: Int = Refutation.effort) -> Bool {
        refutes([(condition, true)], effort)
    }

    /// Everybody always satisfies it.
    package func isCertain(_ condition: ConditionIndex, effort: Int = Refutation.effort) -> Bool {
        refutes([(condition, false)], effort)
    }

    /// Everybody who satisfies the first satisfies the second.
    package func implies(
        _ first: ConditionIndex, _ second: ConditionIndex, effort: Int = Refutation.effort
    ) -> Bool {
        first == second || refutes([(first, true), (second, false)], effort)
    }

    /// Nobody satisfies both.
    package func excludes(
        _ first: ConditionIndex, _ second: ConditionIndex, effort: Int = Refutation.effort
    ) -> Bool {
        refutes([(first, true), (second, true)], effort)
    }

    /// Nil: nothing is proven. `effort` holds for each of three proofs.
    package func relation(
        _ first: ConditionIndex, _ second: ConditionIndex, effort: Int = Refutation.effort
    ) -> ConditionRelation? {
        if first == second { return .equal }
        if excludes(first, second, effort: effort) { return .disjoint }
        switch (implies(first, second, effort: effort), implies(second, first, effort: effort)) {
        case (true, true): return .equal
        case (true, false): return .inside
        case (false, true): return .around
        case (false, false): return nil
        }
    }

    private func refutes(_ claims: [(ConditionIndex, Bool)], _ effort: Int) -> Bool {
        var refutation = Refutation(steps: effort)
        return refutation.refutes(claims, [], ConditionFacts(), in: self)
    }
}
