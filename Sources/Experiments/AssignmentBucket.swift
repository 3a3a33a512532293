/// The 128-bit key of an assignment: the first 16 bytes of SHA-256 of its salt text, as two little-endian words.
package struct AssignmentKeyWords: Hashable, Sendable {
    package var k0: UInt64
    package var k1: UInt64

    package init(k0: UInt64, k1: UInt64) {
        self.k0 = k0
        self.k1 = k1
    }
}

/// How many buckets there are: shares are parts per million.
package let assignmentBucketCount = 1_000_000

/// The bucket of a customer under a salt, 0 to 999,999: SipHash-2-4 of the customer key's UTF-8 bytes, scaled down.
///
/// Scaling by the high half of a product keeps the buckets equally likely to within 2⁻⁴⁴ and costs no division.
package func assignmentBucket(key: AssignmentKeyWords, customerKey: Span<UInt8>) -> Int {
    bucket(of: sipHash24(key: key, message: customerKey))
}

/// The same for a customer key as `hashedWord` gives its words.
package func assignmentBucket(key: AssignmentKeyWords, hashedWords: Span<UInt64>) -> Int {
    bucket(of: sipHash24(key: key, hashedWords: hashedWords))
}

private func bucket(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(assignmentBucketCount)).high)
}

package func assignmentBucket(key: AssignmentKeyWords, customerKey: [UInt8]) -> Int {
    assignmentBucket(key: key, customerKey: customerKey.span)
}
