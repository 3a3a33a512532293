/// What a counter has counted about one campaign.
package struct DecisionCounts: Hashable, Sendable {
    package struct Occurrence: Hashable, Sendable {
        /// By `Refusal`.
        package var refused: [Int]
        package var pending: Int
        package var sent: Int
    }

    package var occurrences: [Occurrence]
    /// By variant, then channel.
    package var sent: [Int]
    /// Messages by local day of the period.
    package var perDay: [Int]
    /// Different customers who would get a message.
    package var recipients: Int
    package var eligible: Int
    package var converted: Int
}

extension DecisionCounter {
    /// Hands out everything counted since the last time, and to the buffer how many customers each occurrence of a
    /// scheduled campaign considered.
    package func drain(into buffer: inout DecisionBuffer, _ body: (_ campaign: Int, DecisionCounts) -> Void) {
        for campaign in 0..<planCount {
            let place = places[campaign]
            drainConsidered(campaign, place, &buffer)
            let categories = (0..<CountCategory.count).map { category in
                take(place.outcomes + category * place.occurrences, place.occurrences)
            }
            let occurrences = (0..<place.occurrences).map { occurrence in
                DecisionCounts.Occurrence(
                    refused: categories[..<CountCategory.pending].map { $0[occurrence] },
                    pending: categories[CountCategory.pending][occurrence],
                    sent: categories[CountCategory.sent][occurrence])
            }
            body(
                campaign,
                DecisionCounts(
                    occurrences: occurrences, sent: take(place.sent, place.variants * place.channels),
                    perDay: take(place.perDay, dayCount), recipients: take(place.recipients),
                    eligible: take(place.eligible), converted: take(place.converted)))
        }
    }

    private func drainConsidered(_ campaign: Int, _ place: CountPlaces, _ buffer: inout DecisionBuffer) {
        guard !place.isTriggered else { return }
        var customers = 0
        for (occurrence, change) in take(place.considered, place.occurrences).enumerated() {
            customers += change
            buffer.consider(campaign: campaign, occurrence..<(occurrence + 1), customers: customers)
        }
        _ = take(place.considered + place.occurrences)
    }

    private func take(_ start: Int, _ count: Int) -> [Int] {
        defer { (counts + start).update(repeating: 0, count: count) }
        return Array(UnsafeBufferPointer(start: counts + start, count: count))
    }

    private func take(_ place: Int) -> Int { take(place, 1)[0] }
}
