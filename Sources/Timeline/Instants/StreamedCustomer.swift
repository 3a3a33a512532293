import CampaignPlan

/// A customer with so many events that their rows stay where they lie.
///
/// Each of the evaluators goes on from the window that it looked at last, so each is asked about instants that ascend,
/// campaign after campaign. An object, so that the evaluator, which seldom has one, does not carry three of them about.
final class StreamedCustomer {
    /// At the instants of decisions.
    var now: InstantEvaluator
    /// At the ends of conversion windows.
    var later: InstantEvaluator
    /// Where a condition may change.
    var changes: InstantEvaluator

    init(_ bound: BoundPlan, _ tables: CustomerTables) {
        now = InstantEvaluator(bound, tables)
        later = now
        changes = now
    }

    func begin(_ customer: Int, existsFrom: Int64, _ rows: [Range<Int>]) {
        now.begin(customer, existsFrom: existsFrom, rows)
        later.begin(customer, existsFrom: existsFrom, rows)
        changes.begin(customer, existsFrom: existsFrom, rows)
    }

    var work: WorkCounters {
        var total = now.work
        total += later.work
        total += changes.work
        return total
    }
}

extension InstantEvaluator {
    fileprivate mutating func begin(_ customer: Int, existsFrom: Int64, _ rows: [Range<Int>]) {
        begin(customer, existsFrom: existsFrom)
        for slot in rows.indices { setRows(rows[slot], slot: slot) }
    }
}
