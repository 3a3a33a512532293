/// Memory of trivial values that lives as long as the arena.
final class RawArena {
    private var blocks: [UnsafeMutableRawPointer] = []

    /// At least one element, so that every pointer is one.
    func make<Element>(_ count: Int, of value: Element) -> UnsafeMutablePointer<Element> {
        let capacity = max(count, 1)
        let block = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        block.initialize(repeating: value, count: capacity)
        blocks.append(UnsafeMutableRawPointer(block))
        return block
    }

    /// A copy that needs no bounds, counts or uniqueness checks.
    func copy<Element>(_ array: [Element]) -> UnsafePointer<Element> {
        let block = UnsafeMutablePointer<Element>.allocate(capacity: max(array.count, 1))
        for (index, element) in array.enumerated() { (block + index).initialize(to: element) }
        blocks.append(UnsafeMutableRawPointer(block))
        return UnsafePointer(block)
    }

    /// Memory at least twice as large, with the first `used` elements of the old one; what is given up stays until the
    /// end, which doubling keeps below the size of what is used.
    func grow<Element>(
        _ old: UnsafeMutablePointer<Element>, _ used: Int, _ capacity: inout Int, to count: Int, with value: Element
    ) -> UnsafeMutablePointer<Element> {
        capacity = max(2 * capacity, count)
        let grown = make(capacity, of: value)
        grown.update(from: old, count: used)
        return grown
    }

    deinit {
        for block in blocks { block.deallocate() }
    }
}
