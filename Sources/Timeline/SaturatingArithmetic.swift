/// Addition that stops at the ends of Int64, which stand for "since ever" and "for ever".
func saturatingSum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    guard overflow else { return sum }
    return a < 0 ? .min : .max
}

/// Subtraction that stops at the ends of Int64.
func saturatingDifference(_ a: Int64, _ b: Int64) -> Int64 {
    let (difference, overflow) = a.subtractingReportingOverflow(b)
    guard overflow else { return difference }
    return a < 0 ? .min : .max
}
