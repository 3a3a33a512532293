import CampaignPlan

/// Contract 20: SipHash-2-4 of the customer's key, written out, scaled to a million buckets.
func naiveBucket(_ key: AssignmentKey, _ customer: String) -> Int {
    var v0 = key.k0 ^ 0x736f_6d65_7073_6575
    var v1 = key.k1 ^ 0x646f_7261_6e64_6f6d
    var v2 = key.k0 ^ 0x6c79_6765_6e65_7261
    var v3 = key.k1 ^ 0x7465_6462_7974_6573

    func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }
    func mix(_ times: Int) {
        for _ in 0..<times {
            v0 &+= v1
            v1 = rotated(v1, 13) ^ v0
            v0 = rotated(v0, 32)
            v2 &+= v3
            v3 = rotated(v3, 16) ^ v2
            v0 &+= v3
            v3 = rotated(v3, 21) ^ v0
            v2 &+= v1
            v1 = rotated(v1, 17) ^ v2
            v2 = rotated(v2, 32)
        }
    }

    var bytes = Array(customer.utf8)
    let length = UInt8(truncatingIfNeeded: bytes.count)
    while bytes.count % 8 != 7 { bytes.append(0) }
    bytes.append(length)
    for start in stride(from: 0, to: bytes.count, by: 8) {
        let word = bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        v3 ^= word
        mix(2)
        v0 ^= word
    }
    v2 ^= 0xff
    mix(4)
    let hash = v0 ^ v1 ^ v2 ^ v3
    return Int(hash.multipliedFullWidth(by: 1_000_000).high)
}
