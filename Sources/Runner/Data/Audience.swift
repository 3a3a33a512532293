internal import Algorithms
package import CampaignPlan
package import Timeline

/// Everybody, as of now: what the runner decides on. Customers have the numbers `0..<customerCount`, in the bytewise
/// order of their keys.
package protocol Audience: AnyObject {
    var customerCount: Int { get }
    func key(of customer: Int) -> String
    func customer(named key: String) -> Int?
    /// The customer whose key is the first behind this one, bytewise; `customerCount` where there is none.
    func firstCustomer(after key: String) -> Int

    /// Looks up what the plan names. To be done again after `add` has said so.
    func bind(_ plan: Plan) throws -> BoundPlan
    /// Fills the timeline of the plan that was bound last. Fastest in ascending order.
    func load(_ customer: Int, into timeline: inout CustomerTimeline)
    /// The text of an attribute of the plan; nil where it is missing.
    func text(ofAttribute name: String, customer: Int) -> String?

    /// Checks a line of the inbox. Throws a `LiveDefect` where it cannot be taken.
    func check(_ record: LiveRecord) throws
    /// Takes a line that was checked. True where the plan has to be bound again, because of a text nobody had before.
    func add(_ record: LiveRecord) -> Bool
}

/// Why a line of the inbox is left out.
package struct LiveDefect: Error, Hashable {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }
}

extension Audience {
    package func firstCustomer(after key: String) -> Int {
        (0..<customerCount).partitioningIndex { key.utf8.lexicographicallyPrecedes(self.key(of: $0).utf8) }
    }
}
