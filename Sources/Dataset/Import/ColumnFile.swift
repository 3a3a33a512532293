import CampaignPlan
import Foundation

/// A column file that is written from front to end, in bounded memory.
final class ColumnFile {
    private let folder: PendingFolder
    private let role: ColumnRole
    private let file: String
    private let bufferBytes: Int
    private var element: ColumnDescriptor.Element
    private var buffer: [UInt8] = []
    private var byteCount = 0
    private var checksums: [UInt32] = []
    /// Of the block that is not full yet.
    private var checksum: UInt32 = 0
    private var hasFile = false

    /// `bufferBytes` are kept back until there is something worth writing.
    init(
        _ role: ColumnRole, _ element: ColumnDescriptor.Element, number: Int, bufferBytes: Int,
        in folder: PendingFolder
    ) {
        self.folder = folder
        self.role = role
        self.element = element
        self.bufferBytes = bufferBytes
        file = Self.fileName(role, number: number)
    }

    var bytes: Int { byteCount }
    private(set) var missing: Int?

    /// Adds the elements from the one at `start` on.
    func append<Element: ColumnElement>(_ elements: [Element], from start: Int = 0) throws {
        precondition(Element.element == element, "elements of another column")
        try elements.withUnsafeBytes { bytes in
            try append(UnsafeRawBufferPointer(rebasing: bytes[(start * element.width)...]))
        }
    }

    /// Values as `CollectedValues` keeps them, missing ones counted.
    func append(_ values: CollectedValues) throws {
        var count = 0
        switch values.storage {
        case .text:
            for code in values.codes where code == DatasetFormat.missingCode { count += 1 }
            try append(values.codes)
        case .number:
            for number in values.numbers where number == DatasetFormat.missingNumber { count += 1 }
            try append(values.numbers)
        }
        missing = (missing ?? 0) + count
    }

    /// Counts, offsets or row numbers, which never fall; the column becomes a wide one when the first needs it.
    func append(indices: [Int]) throws {
        let isWide = (indices.last ?? 0) > Int(UInt32.max)
        if isWide, element == .u32 { try widen() }
        if element == .u64 {
            try indices.withUnsafeBytes { try append($0) }
        } else {
            try append(indices.map { UInt32(truncatingIfNeeded: $0) })
        }
    }

    /// Writes what is left.
    func finish() throws -> ColumnDescriptor {
        try flush()
        if !hasFile { try folder.append([], to: file) }
        return ColumnDescriptor(
            role: role, file: file, element: element, count: byteCount / element.width, missing: missing,
            crc32: checksums + (byteCount % DatasetFormat.blockBytes > 0 ? [checksum] : []))
    }

    private func append(_ bytes: UnsafeRawBufferPointer) throws {
        var start = 0
        while start < bytes.count {
            let free = DatasetFormat.blockBytes - byteCount % DatasetFormat.blockBytes
            let part = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + free, bytes.count)])
            checksum = Checksum.crc32(part, after: checksum)
            byteCount += part.count
            start += part.count
            if part.count == free {
                checksums.append(checksum)
                checksum = 0
            }
        }
        if buffer.count + bytes.count > bufferBytes { try flush() }
        if bytes.count > bufferBytes {
            try folder.append(bytes, to: file)
            hasFile = true
        } else {
            buffer.append(contentsOf: bytes)
        }
    }

    private func flush() throws {
        guard !buffer.isEmpty else { return }
        try buffer.withUnsafeBytes { try folder.append($0, to: file) }
        hasFile = true
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes the file anew with elements of twice the width.
    private func widen() throws {
        try flush()
        let old = byteCount
        let narrow = file + ".narrow"
        if old > 0 { try folder.rename(file, to: narrow) }
        element = .u64
        byteCount = 0
        checksums = []
        checksum = 0
        hasFile = false
        var position = 0
        while position < old {
            let part = try folder.read(narrow, position..<min(position + (1 << 20), old))
            try part.withUnsafeBytes { bytes in
                let wide = bytes.bindMemory(to: UInt32.self).map { UInt64($0) }
                try wide.withUnsafeBytes { try append($0) }
            }
            position += part.count
        }
        if old > 0 { folder.remove(narrow) }
    }

    /// A number, and for people what the column is.
    private static func fileName(_ role: ColumnRole, number: Int) -> String {
        let number = String(number)
        let words = [role.code, role.event, role.name].compactMap { $0 }.joined(separator: "-")
        let plain = words.unicodeScalars.prefix(80).map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isPlain || scalar == "_" ? Character(scalar) : "-"
        }
        return String(repeating: "0", count: max(0, 4 - number.count)) + number + "-" + String(plain)
            + DatasetFormat.columnSuffix
    }
}

/// What a column file can be an array of.
protocol ColumnElement: BitwiseCopyable {
    static var element: ColumnDescriptor.Element { get }
}

extension UInt8: ColumnElement {
    static var element: ColumnDescriptor.Element { .u8 }
}

extension UInt32: ColumnElement {
    static var element: ColumnDescriptor.Element { .u32 }
}

extension UInt64: ColumnElement {
    static var element: ColumnDescriptor.Element { .u64 }
}

extension Int64: ColumnElement {
    static var element: ColumnDescriptor.Element { .i64 }
}
