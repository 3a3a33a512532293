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

    deinit {
        for block in blocks { block.deallocate() }
    }
}
