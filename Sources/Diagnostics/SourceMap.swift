/// The files that one run has read, in the order in which they were read.
package struct SourceMap: Sendable {
    package private(set) var files: [SourceText] = []

    package init() {}

    package mutating func add(_ file: SourceText) -> FileID {
        files.append(file)
        return FileID(index: files.count - 1)
    }

    /// Puts another text in the place of one; nothing happens for an id of another map.
    package mutating func replace(_ id: FileID, with file: SourceText) {
        if files.indices.contains(id.index) { files[id.index] = file }
    }

    /// Nil for an id of another map.
    package subscript(_ id: FileID) -> SourceText? {
        files.indices.contains(id.index) ? files[id.index] : nil
    }
}

/// A file of a `SourceMap`.
package struct FileID: Hashable, Sendable {
    @usableFromInline let place: UInt32

    @inlinable package var index: Int { Int(place) }

    @inlinable package init(index: Int) {
        place = UInt32(clamping: index)
    }
}
