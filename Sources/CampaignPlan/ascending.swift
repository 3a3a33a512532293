/// Sorted, none twice. Most lists that people write hold one name, for which a set would cost more than all else.
package func ascending<Element: Comparable & Hashable>(_ values: [Element]) -> [Element] {
    values.count < 2 ? values : Set(values).sorted()
}
