/// Why bytes are not the JSON that was asked for.
package struct JSONProblem: Error, Hashable, Sendable {
    /// `$.campaigns[2].schedule` for a value, `byte 120` (from 0) where the text itself is no JSON.
    package let place: String
    /// In lower case and without a full stop.
    package let message: String

    package init(place: String, message: String) {
        self.place = place
        self.message = message
    }
}

extension JSONProblem: CustomStringConvertible {
    package var description: String { "\(place): \(message)" }
}
