import Experiments
import Testing

@Suite struct AssignmentBucketTests {
    /// SHA-256 of `variant/weekly-digest`, the first 16 bytes.
    private let weeklyDigest = AssignmentKeyWords(k0: 0xb970_fc6f_3974_ff8d, k1: 0x9062_3921_1a21_3343)

    @Test func agreesWithThePublishedCheck() {
        let customer = Array("17850".utf8)
        #expect(sipHash24(key: weeklyDigest, message: customer.span) == 0xf45f_b3e7_2144_51e3)
        #expect(assignmentBucket(key: weeklyDigest, customerKey: customer) == 954_585)
    }

    @Test func staysInRangeAndFillsIt() {
        var seen = [Int](repeating: 0, count: 10)
        for number in 0..<20_000 {
            let bucket = assignmentBucket(key: weeklyDigest, customerKey: Array("customer-\(number)".utf8))
            #expect((0..<assignmentBucketCount).contains(bucket))
            seen[bucket * 10 / assignmentBucketCount] += 1
        }
        // 2,000 expected in each tenth with a standard deviation of 42.
        #expect(seen.allSatisfy { abs($0 - 2_000) < 250 })
    }

    @Test func anEmptyKeyHasABucket() {
        #expect((0..<assignmentBucketCount).contains(assignmentBucket(key: weeklyDigest, customerKey: [])))
    }
}
