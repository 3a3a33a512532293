/// What a simulation counts, without what is zero; names instead of places.
package struct NaiveResult: Hashable {
    package struct Campaign: Hashable {
        package var considered = 0
        /// By the words for the refusal.
        package var refused: [String: Int] = [:]
        package var pending = 0
        /// By variant and channel.
        package var sent: [String: Int] = [:]
        package var recipients = 0
        /// Ten-thousandths of the currency's unit.
        package var cost: Int64 = 0
        package var eligible = 0
        package var converted = 0
        /// By local day.
        package var perDay: [String: Int] = [:]
        /// By wall time, instant or day.
        package var occurrences: [String: Occurrence] = [:]

        package init() {}
    }

    package struct Occurrence: Hashable {
        package var considered = 0
        package var refused: [String: Int] = [:]
        package var pending = 0
        package var sent = 0

        package init() {}
    }

    package var customers = 0
    package var contacted = 0
    package var messages = 0
    /// By how many messages they get at most: 0, 1, 2, 3, 5, 10, 20 or more.
    package var customersByMessages: [Int: Int] = [:]
    package var mostPerDay = 0
    package var mostPerWeek = 0
    package var mostPerPeriod = 0
    package var campaigns: [String: Campaign] = [:]

    package init() {}
}

extension NaiveResult: CustomStringConvertible {
    /// A line for each number, in a fixed order.
    package var description: String {
        var lines = [
            "customers \(customers), contacted \(contacted), messages \(messages)",
            "by messages \(sorted(customersByMessages.map { ("\($0)", $1) }))",
            "most per day \(mostPerDay), week \(mostPerWeek), period \(mostPerPeriod)",
        ]
        for (name, campaign) in campaigns.sorted(by: { $0.key < $1.key }) {
            lines += [
                "\(name): considered \(campaign.considered), pending \(campaign.pending), cost \(campaign.cost)",
                "\(name): recipients \(campaign.recipients)",
                "\(name): eligible \(campaign.eligible), converted \(campaign.converted)",
                "\(name): refused \(sorted(Array(campaign.refused)))", "\(name): sent \(sorted(Array(campaign.sent)))",
            ]
            for (day, count) in campaign.perDay.sorted(by: { $0.key < $1.key }) {
                lines.append("\(name): \(day) \(count)")
            }
            for (label, occurrence) in campaign.occurrences.sorted(by: { $0.key < $1.key }) {
                lines.append(
                    "\(name) at \(label): considered \(occurrence.considered), pending \(occurrence.pending), "
                        + "sent \(occurrence.sent), refused \(sorted(Array(occurrence.refused)))")
            }
        }
        return lines.joined(separator: "\n")
    }

    private func sorted(_ counts: [(key: String, value: Int)]) -> String {
        counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
            separator: ", ")
    }
}
