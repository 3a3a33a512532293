/// A half-open range of bytes in one file.
package struct Span: Hashable, Sendable {
    package let file: FileID
    package let lower: Int
    package let upper: Int

    package init(file: FileID, lower: Int, upper: Int) {
        self.file = file
        self.lower = lower
        self.upper = Swift.max(lower, upper)
    }
}
