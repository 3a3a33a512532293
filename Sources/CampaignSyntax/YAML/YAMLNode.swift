package import Diagnostics

/// A value together with where it was written.
package struct Located<Value> {
    package let value: Value
    package let span: Span

    package init(_ value: Value, _ span: Span) {
        self.value = value
        self.span = span
    }
}

extension Located: Sendable where Value: Sendable {}

/// A node of the located tree. Scalars keep their text as written: the expected type decides how it is read.
package enum YAMLNode: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode], Span)
    case mapping([YAMLEntry], Span)
    /// Something that has been reported already; whoever meets it stays silent.
    case invalid(Span)

    package var span: Span {
        switch self {
        case .scalar(let scalar): scalar.span
        case .sequence(_, let span), .mapping(_, let span), .invalid(let span): span
        }
    }
}

package struct YAMLScalar: Sendable {
    package let text: String
    /// Not quoted and not a block: an empty plain scalar is a value that somebody forgot.
    package let isPlain: Bool
    package let span: Span
}

package struct YAMLEntry: Sendable {
    package let key: Located<String>
    let mark: KeyMark
    /// Written behind its key, and known later.
    package internal(set) var value: YAMLNode

    package init(key: Located<String>, value: YAMLNode) {
        self.init(key: key, mark: KeyMark(key.value), value: value)
    }

    init(key: Located<String>, mark: KeyMark, value: YAMLNode) {
        self.key = key
        self.mark = mark
        self.value = value
    }

    /// Of all keys of a file each is compared with many words of the language, and is none of them but one.
    func isCalled(_ field: FieldDeclaration) -> Bool { mark == field.mark && key.value == field.name }
}
