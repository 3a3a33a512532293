internal import ArgumentParser

/// An amount of memory as people write it: `512MiB`, `2GiB`.
struct MemorySize: ExpressibleByArgument {
    let bytes: Int

    var defaultValueDescription: String { "\(bytes >> 20)MiB" }

    init(bytes: Int) {
        self.bytes = bytes
    }

    /// A whole number of MiB or GiB, at least 16 MiB.
    init?(argument: String) {
        let units = [("MiB", 1 << 20), ("GiB", 1 << 30)]
        guard let (name, size) = units.first(where: { argument.hasSuffix($0.0) }) else { return nil }
        let digits = argument.dropLast(name.count)
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(digits) else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, bytes >= 16 << 20 else { return nil }
        self.bytes = bytes
    }
}
