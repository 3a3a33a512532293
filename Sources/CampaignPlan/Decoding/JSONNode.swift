/// A value of a JSON document together with where it stands, for reading it as something.
package struct JSONNode: Sendable {
    package let value: JSON
    /// `$` for the whole, `$.campaigns[2].name` for a part.
    package let path: String

    package init(_ value: JSON, path: String = "$") {
        self.value = value
        self.path = path
    }

    package func problem(_ message: String) -> JSONProblem { JSONProblem(place: path, message: message) }

    package func string() throws(JSONProblem) -> String {
        guard case .string(let text) = value else { throw problem("a string is needed here") }
        return text
    }

    package func bool() throws(JSONProblem) -> Bool {
        guard case .bool(let flag) = value else { throw problem("true or false is needed here") }
        return flag
    }

    /// A number, or a string of digits beyond ±(2^53 − 1), as `JSON.integer` writes it.
    package func integer() throws(JSONProblem) -> Int64 {
        switch value {
        case .integer(let number): return number
        case .string(let text):
            guard let number = Int64(text), "\(number)" == text, number.magnitude >= 1 << 53 else { break }
            return number
        case .object, .array, .bool: break
        }
        throw problem("a whole number is needed here")
    }

    package func integer(in range: ClosedRange<Int64>) throws(JSONProblem) -> Int64 {
        let number = try integer()
        guard range.contains(number) else {
            throw problem("a number from \(range.lowerBound) to \(range.upperBound) is needed here")
        }
        return number
    }

    package func integer(in range: ClosedRange<Int>) throws(JSONProblem) -> Int {
        Int(try integer(in: Int64(range.lowerBound)...Int64(range.upperBound)))
    }

    package func elements() throws(JSONProblem) -> [JSONNode] {
        guard case .array(let elements) = value else { throw problem("a list is needed here") }
        return elements.enumerated().map { JSONNode($0.element, path: "\(path)[\($0.offset)]") }
    }

    package func list<Element>(
        _ read: (JSONNode) throws(JSONProblem) -> Element
    ) throws(JSONProblem) -> [Element] {
        var list: [Element] = []
        for node in try elements() { list.append(try read(node)) }
        return list
    }

    package func strings() throws(JSONProblem) -> [String] {
        try list { node throws(JSONProblem) in try node.string() }
    }

    /// Reads an object of which every key is known: those that `read` leaves are a problem.
    package func members<Value>(
        _ read: (inout JSONMembers) throws(JSONProblem) -> Value
    ) throws(JSONProblem) -> Value {
        guard case .object(let all) = value else { throw problem("an object is needed here") }
        var members = JSONMembers(all, path: path)
        let result = try read(&members)
        try members.finish()
        return result
    }

    /// The keys and values of an object that is a dictionary, in the order of the keys' bytes.
    package func entries() throws(JSONProblem) -> [(key: String, node: JSONNode)] {
        guard case .object(let all) = value else { throw problem("an object is needed here") }
        return all.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
            ($0.key, JSONNode($0.value, path: "\(path).\($0.key)"))
        }
    }
}

/// The members of an object that are still to be read.
package struct JSONMembers {
    private var rest: [String: JSON]
    private let path: String

    fileprivate init(_ members: [String: JSON], path: String) {
        rest = members
        self.path = path
    }

    package func problem(_ message: String) -> JSONProblem { JSONProblem(place: path, message: message) }

    package func has(_ key: String) -> Bool { rest[key] != nil }

    package mutating func optional(_ key: String) -> JSONNode? {
        rest.removeValue(forKey: key).map { JSONNode($0, path: "\(path).\(key)") }
    }

    package mutating func required(_ key: String) throws(JSONProblem) -> JSONNode {
        guard let node = optional(key) else { throw problem("the key `\(key)` is missing") }
        return node
    }

    /// The text of a key that may be left out.
    package mutating func text(_ key: String) throws(JSONProblem) -> String? { try optional(key)?.string() }

    /// A flag that is only written where it is true.
    package mutating func flag(_ key: String) throws(JSONProblem) -> Bool {
        guard let node = optional(key) else { return false }
        guard try node.bool() else { throw node.problem("false is not written") }
        return true
    }

    fileprivate func finish() throws(JSONProblem) {
        guard let key = rest.keys.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) else { return }
        throw problem("the key `\(key)` is unknown")
    }
}
