/// A half-open range of bytes in one file. Small, because everything that was read holds where it stood.
package struct Span: Hashable, Sendable {
    package let file: FileID
    /// Offsets in 32 bits: no file of a workspace is larger than 1 MiB.
    @usableFromInline let first: UInt32
    @usableFromInline let end: UInt32

    @inlinable package var lower: Int { Int(first) }
    @inlinable package var upper: Int { Int(end) }

    @inlinable package init(file: FileID, lower: Int, upper: Int) {
        self.file = file
        first = UInt32(clamping: lower)
        end = UInt32(clamping: Swift.max(lower, upper))
    }
}
