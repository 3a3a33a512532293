import CampaignPlan

/// Writes columns into a pending folder and keeps the book of them.
struct DatasetWriter {
    private let folder: PendingFolder
    private(set) var columns: [ColumnDescriptor] = []

    init(_ folder: PendingFolder) {
        self.folder = folder
    }

    var bytes: Int { columns.reduce(0) { $0 + $1.bytes } }

    mutating func write<Element: ColumnElement>(_ role: ColumnRole, _ elements: [Element], missing: Int? = nil) throws {
        let file = fileName(role)
        let checksums = try elements.withUnsafeBytes { bytes in
            try folder.write(file, bytes)
            return Checksum.blocks(bytes)
        }
        columns.append(
            ColumnDescriptor(
                role: role, file: file, element: Element.element, count: elements.count, missing: missing,
                crc32: checksums))
    }

    /// Counts, offsets or row numbers, which are not negative; as narrow as they fit.
    mutating func write(_ role: ColumnRole, indices: [Int]) throws {
        if indices.allSatisfy({ $0 <= Int(UInt32.max) }) {
            try write(role, indices.map { UInt32(truncatingIfNeeded: $0) })
        } else {
            try write(role, indices.map { UInt64(truncatingIfNeeded: $0) })
        }
    }

    mutating func write(_ texts: SortedTexts, offsets: ColumnRole, bytes: ColumnRole) throws {
        try write(offsets, indices: texts.offsets)
        try write(bytes, texts.bytes)
    }

    /// The values at `rows`, in that order; texts by their place among the sorted ones.
    mutating func write(_ role: ColumnRole, _ values: CollectedValues, rows: [UInt32], places: [UInt32]) throws {
        var missing = 0
        switch values.storage {
        case .text:
            let codes = rows.map { row in
                let code = values.codes[Int(row)]
                if code == DatasetFormat.missingCode {
                    missing += 1
                    return code
                }
                return places[Int(code)]
            }
            try write(role, codes, missing: missing)
        case .number:
            let numbers = rows.map { row in
                let number = values.numbers[Int(row)]
                if number == DatasetFormat.missingNumber { missing += 1 }
                return number
            }
            try write(role, numbers, missing: missing)
        }
    }

    /// Writes the header, after all columns.
    func finish(_ header: DatasetHeader) throws {
        let bytes = try header.encoded()
        try bytes.withUnsafeBytes { try folder.write(DatasetFormat.headerFile, $0) }
        try Array(Checksum.line(Checksum.crc32(bytes)).utf8).withUnsafeBytes {
            try folder.write(DatasetFormat.headerChecksumFile, $0)
        }
    }

    /// A number, and for people what the column is.
    private func fileName(_ role: ColumnRole) -> String {
        let number = String(columns.count + 1)
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
