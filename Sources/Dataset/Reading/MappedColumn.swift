/// A column's elements, in place. Indices are checked.
///
/// The pointer lies in `file`, which the column holds; hence unchecked.
struct MappedColumn<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    private let file: MappedFile
    /// Valid for as long as the column is held.
    let elements: UnsafeBufferPointer<Element>

    /// Every byte of the file is an element's: the opener has compared the sizes.
    init(_ file: MappedFile) {
        self.file = file
        self.elements = file.bytes.bindMemory(to: Element.self)
    }

    var count: Int { elements.count }

    var span: Span<Element> {
        @_lifetime(borrow self)
        get {
            let span = Span(_unsafeElements: elements)
            return _overrideLifetime(span, borrowing: self)
        }
    }

    subscript(index: Int) -> Element {
        precondition(index >= 0 && index < elements.count, "row outside its column")
        return elements[index]
    }

    /// Calls `body` with the elements of `rows` as contiguous memory.
    func withElements<Result>(_ rows: Range<Int>, _ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= elements.count, "rows outside their column")
        return body(UnsafeBufferPointer(rebasing: elements[rows]))
    }
}

extension MappedColumn where Element: FixedWidthInteger {
    /// Writes `convert` of each of `rows` to the places from `start` on.
    @inline(__always)
    func copy(
        _ rows: Range<Int>, into target: inout MutableSpan<Int64>, from start: Int, convert: (Element) -> Int64
    ) {
        precondition(start >= 0 && start + rows.count <= target.count, "rows do not fit their target")
        withElements(rows) { source in
            target.withUnsafeMutableBufferPointer { target in
                guard let source = source.baseAddress, let target = target.baseAddress else { return }
                for index in 0..<rows.count {
                    target[start + index] = convert(source[index])
                }
            }
        }
    }
}

/// A column of counts, offsets or row numbers, which are stored as narrow as they fit.
enum IndexColumn: Sendable {
    case narrow(MappedColumn<UInt32>)
    case wide(MappedColumn<UInt64>)

    var count: Int {
        switch self {
        case .narrow(let column): column.count
        case .wide(let column): column.count
        }
    }

    /// The opener has seen that every element fits an `Int`.
    subscript(index: Int) -> Int {
        switch self {
        case .narrow(let column): Int(truncatingIfNeeded: column[index])
        case .wide(let column): Int(truncatingIfNeeded: column[index])
        }
    }

    func copy(_ rows: Range<Int>, into target: inout MutableSpan<Int64>, from start: Int) {
        switch self {
        case .narrow(let column): column.copy(rows, into: &target, from: start) { Int64($0) }
        case .wide(let column): column.copy(rows, into: &target, from: start) { Int64(truncatingIfNeeded: $0) }
        }
    }
}
