/// `a`, `b` and `c`, each in backquotes.
package func listed(_ names: some Collection<String>) -> String {
    let quoted = names.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "none" }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
}
