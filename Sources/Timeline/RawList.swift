/// A growing run of trivial values whose accesses ask for no bounds, uniqueness or reference counts: what the engine
/// fills anew for every customer.
///
/// Invariants: `0 ≤ count ≤ capacity`; the places before `count` are initialised; the memory belongs to this list alone,
/// which therefore is not copyable. An index is the caller's promise to lie in `0..<count`.
package struct RawList<Element: BitwiseCopyable>: ~Copyable {
    /// Valid until the next `append` or `makeRoom`.
    private(set) var base: UnsafeMutablePointer<Element>
    package private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 16) {
        self.capacity = max(capacity, 1)
        base = .allocate(capacity: self.capacity)
    }

    init(repeating value: Element, count: Int) {
        self.init(capacity: count)
        base.initialize(repeating: value, count: count)
        self.count = count
    }

    deinit { base.deallocate() }

    subscript(index: Int) -> Element {
        @inline(__always) get {
            assert(index >= 0 && index < count, "index outside a list")
            return base[index]
        }
        @inline(__always) set {
            assert(index >= 0 && index < count, "index outside a list")
            base[index] = newValue
        }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        (base + count).initialize(to: element)
        count &+= 1
    }

    /// Appends what lies in the memory of another list or column.
    @inline(__always)
    mutating func append(_ elements: UnsafePointer<Element>, count added: Int) {
        makeRoom(for: added)
        (base + count).initialize(from: elements, count: added)
        count &+= added
    }

    mutating func append(repeating element: Element, count added: Int) {
        makeRoom(for: added)
        (base + count).initialize(repeating: element, count: added)
        count += added
    }

    @inline(__always)
    mutating func makeRoom(for added: Int) {
        if count &+ added > capacity { grow(to: count + added) }
    }

    /// After so many elements were written to `base` from `count` on, for which there was room.
    @inline(__always)
    mutating func didWrite(_ added: Int) {
        assert(count + added <= capacity, "written past the room that was made")
        count &+= added
    }

    mutating func removeAll() { count = 0 }

    mutating func removeLast() {
        assert(count > 0, "nothing to remove")
        count -= 1
    }

    func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: base, count: count))
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        capacity = max(needed, 2 * capacity)
        let grown = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        grown.initialize(from: base, count: count)
        base.deallocate()
        base = grown
    }
}

// The memory moves along with its only owner.
extension RawList: @unchecked Sendable where Element: Sendable {}
