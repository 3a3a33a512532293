import Foundation

/// Below 0 where `a` comes before `b` bytewise, 0 where they are equal.
func compareBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
    if let startA = a.baseAddress, let startB = b.baseAddress {
        let order = memcmp(startA, startB, min(a.count, b.count))
        if order != 0 { return Int(order) }
    }
    return a.count - b.count
}
