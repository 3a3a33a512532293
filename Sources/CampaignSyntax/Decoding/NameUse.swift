/// What a name in a file is the name of.
package enum NameKind: String, CaseIterable, Sendable {
    case segment
    case campaign
    case attribute
    case event
    case property
    case channel
    case metric
    case variant
    case step
    case rfmGroup
}

/// Whether a text gives a name to something or calls it by its name.
package enum NameUse: Hashable, Sendable {
    case declares(NameKind)
    case refers(NameKind)

    package var kind: NameKind {
        switch self {
        case .declares(let kind), .refers(let kind): kind
        }
    }
}

extension Shape {
    /// The same, whose single values are names of this kind that are declared elsewhere.
    func referring(to kind: NameKind) -> Shape { using(values: .refers(kind), keys: nameKeys) }

    /// The same, whose value gives a name.
    func declaring(_ kind: NameKind) -> Shape { using(values: .declares(kind), keys: nameKeys) }

    /// The same, whose keys are names.
    func keyed(by use: NameUse) -> Shape { using(values: nameValues, keys: use) }

    /// The same, whose single values are what those of another shape are.
    func using<Element>(namesOf element: Shape<Element>) -> Shape { using(values: element.nameValues, keys: nameKeys) }

    private func using(values: NameUse?, keys: NameUse?) -> Shape {
        var shape = self
        shape.nameValues = values
        shape.nameKeys = keys
        return shape
    }
}
