extension Array {
    /// Moves there what would be at a place if the elements from `start` on were in order: nothing before it, from `start`
    /// on, belongs behind it, and nothing behind it before it; `place` is not before `start`. Hoare's selection, which
    /// sorts where it gets nowhere.
    package mutating func moveMember(
        of place: Int, from start: Int = 0, by precedes: (Element, Element) -> Bool
    ) {
        var (low, high) = (start, count - 1)
        var patience = 2 * (Int.bitWidth - count.leadingZeroBitCount)
        while low < high {
            guard patience > 0 else { return self[low...high].sort(by: precedes) }
            patience -= 1
            let pivot = median(self[low], self[(low + high) / 2], self[high], precedes)
            var (first, last) = (low, high)
            while first <= last {
                while precedes(self[first], pivot) { first += 1 }
                while precedes(pivot, self[last]) { last -= 1 }
                guard first <= last else { break }
                swapAt(first, last)
                first += 1
                last -= 1
            }
            if place <= last {
                high = last
            } else if place >= first {
                low = first
            } else {
                return
            }
        }
    }

    private func median(
        _ a: Element, _ b: Element, _ c: Element, _ precedes: (Element, Element) -> Bool
    ) -> Element {
        if precedes(a, b) {
            if precedes(b, c) { return b }
            return precedes(a, c) ? c : a
        }
        if precedes(a, c) { return a }
        return precedes(b, c) ? c : b
    }
}
