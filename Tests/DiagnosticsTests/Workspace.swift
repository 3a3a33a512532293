import Diagnostics

/// Files in memory, and places in them by their text.
struct Workspace {
    private(set) var sources = SourceMap()
    private var ids: [String: FileID] = [:]

    init(_ files: KeyValuePairs<String, String>) {
        for (path, text) in files { add(path, Array(text.utf8)) }
    }

    init(path: String, bytes: [UInt8]) {
        add(path, bytes)
    }

    private mutating func add(_ path: String, _ bytes: [UInt8]) {
        ids[path] = sources.add(SourceText(path: path, bytes: bytes))
    }

    /// The first place of `text` in the file; an empty span at its end when it is not there.
    func span(_ path: String, _ text: String) -> Span {
        let file = ids[path] ?? FileID(index: -1)
        let bytes = sources[file]?.bytes ?? []
        let wanted = Array(text.utf8)
        let lower = bytes.indices.first { bytes[$0...].starts(with: wanted) }
        return lower.map { Span(file: file, lower: $0, upper: $0 + wanted.count) }
            ?? Span(file: file, lower: bytes.count, upper: bytes.count)
    }

    func span(_ path: String, _ lower: Int, _ upper: Int) -> Span {
        Span(file: ids[path] ?? FileID(index: -1), lower: lower, upper: upper)
    }
}

extension Code {
    static let unknownAttribute = Code(
        "PB2104", .error, title: "unknown attribute",
        cause: """
            A condition asks for an attribute that the catalog does not declare. Attributes are known by their exact \
            names, so that a typing error is found before anything is sent.
            Names are compared byte for byte.
            """,
        example: "people:\n  all:\n    - attribute: countri\n\n    - attribute: 나라",
        fix: """
            Write the attribute as `catalog.yaml` does, or declare it there. `pabal validate` proposes the nearest name.
            """)

    static let unusedSegment = Code(
        "PB2301", .warning, title: "unused segment", cause: "No campaign refers to it.", example: "", fix: "Remove it.")
}
