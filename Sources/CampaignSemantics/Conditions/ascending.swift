/// Sorted, none twice. Most lists that people write hold one name.
func ascending<Element: Comparable & Hashable>(_ values: [Element]) -> [Element] {
    values.count < 2 ? values : Set(values).sorted()
}
