/// A stack whose upper part leaves it as an array. Nothing that its elements refer to is copied or counted on the way:
/// every list and mapping of every file comes through here.
struct Pile<Element>: ~Copyable {
    private var elements: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init() {
        capacity = 64
        elements = .allocate(capacity: capacity)
    }

    deinit {
        elements.deinitialize(count: count)
        elements.deallocate()
    }

    /// `place`: of an element that is there.
    subscript(place: Int) -> Element {
        _read {
            precondition(place >= 0 && place < count)
            yield elements[place]
        }
    }

    mutating func append(_ element: consuming Element) {
        if count == capacity { grow() }
        (elements + count).initialize(to: element)
        count += 1
    }

    /// Changes the last element, where there is one.
    mutating func withLast<Value>(_ value: consuming Value, _ body: (inout Element, consuming Value) -> Void) {
        if count > 0 { body(&elements[count - 1], value) }
    }

    mutating func removeLast() {
        guard count > 0 else { return }
        count -= 1
        (elements + count).deinitialize(count: 1)
    }

    /// The elements from a place on, which leave the pile.
    mutating func takeAll(from first: Int) -> [Element] {
        guard first >= 0, first < count else { return [] }
        let taken = count - first
        count = first
        return Array(unsafeUninitializedCapacity: taken) { buffer, initialized in
            buffer.baseAddress?.moveInitialize(from: elements + first, count: taken)
            initialized = taken
        }
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: elements, count: count)
        elements.deallocate()
        elements = larger
        capacity *= 2
    }
}
