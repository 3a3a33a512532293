import Synchronization

/// A check of one column in parts that need not wait for each other.
struct ColumnCheck: Sendable {
    let path: String
    let parts: Int
    /// What is wrong with a part, in a few words; nil: nothing.
    let defect: @Sendable (_ part: Int) -> String?

    /// The blocks of a column's file: first the bytes, while they are at hand also the elements.
    init(_ file: MappedFile, _ descriptor: ColumnDescriptor, path: String, content: ColumnContent) {
        self.path = path
        parts = descriptor.crc32.count
        defect = { part in
            let block = DatasetFormat.block(part, of: file.bytes.count)
            guard Checksum.crc32(UnsafeRawBufferPointer(rebasing: file.bytes[block])) == descriptor.crc32[part] else {
                return "the checksum does not match"
            }
            let width = descriptor.element.width
            return content.defect(
                file.bytes, descriptor.element, block.lowerBound / width..<block.upperBound / width)
        }
    }

    /// The order of a dictionary's texts.
    init(_ texts: TextDictionary, path: String) {
        self.path = path
        let textsPerPart = 1 << 16
        parts = (texts.count + textsPerPart - 1) / textsPerPart
        defect = { part in
            let codes = part * textsPerPart..<min((part + 1) * textsPerPart, texts.count)
            return texts.rise(codes) ? nil : "the texts are not in order"
        }
    }
}

extension ColumnCheck {
    /// Makes checks on so many threads. Throws a `DatasetError` about the first column that is not whole, in the order
    /// given.
    static func makeAll(_ checks: [ColumnCheck], threads: Int) throws {
        let parts = checks.indices.flatMap { check in (0..<checks[check].parts).map { (check: check, part: $0) } }
        let next = Atomic(0)
        let found = Mutex<(place: Int, detail: String)?>(nil)
        onThreads(min(threads, parts.count)) { _ in
            while true {
                let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard place < parts.count else { return }
                let (check, part) = parts[place]
                guard let detail = checks[check].defect(part) else { continue }
                found.withLock { if place < $0?.place ?? .max { $0 = (place, detail) } }
            }
        }
        guard let (place, detail) = found.withLock({ $0 }) else { return }
        throw DatasetError(path: checks[parts[place].check].path, .damaged(detail))
    }
}
