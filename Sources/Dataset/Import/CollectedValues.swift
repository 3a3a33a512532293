import CampaignPlan

/// A column while it is being read; only one of the arrays is in use, so that appending never copies.
struct CollectedValues {
    let storage: ValueType.Storage
    private(set) var codes: [UInt32] = []
    private(set) var numbers: [Int64] = []

    init(_ storage: ValueType.Storage) {
        self.storage = storage
    }

    /// Adds what `ValueReader.read` has returned.
    mutating func append(_ value: Int64) {
        switch storage {
        case .text:
            codes.append(
                value == DatasetFormat.missingNumber ? DatasetFormat.missingCode : UInt32(truncatingIfNeeded: value))
        case .number: numbers.append(value)
        }
    }

    init(codes: [UInt32]) {
        storage = .text
        self.codes = codes
    }

    init(numbers: [Int64]) {
        storage = .number
        self.numbers = numbers
    }

    /// Drops the values and keeps the memory.
    mutating func removeAll() {
        codes.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
    }

    /// Notes which texts are in use, by code.
    func markUsed(_ isUsed: inout [Bool]) {
        for code in codes where code != DatasetFormat.missingCode { isUsed[Int(code)] = true }
    }
}
