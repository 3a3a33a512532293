import CampaignPlan

/// Where the data tells which messages were sent before the period.
struct BoundEarlierSends: Sendable {
    /// A text property, by its index in the slot, and what its codes stand for.
    struct Column: Sendable {
        var property: Int
        /// By code; -1: unknown, -2: does not count.
        var values: [Int]
    }

    var slot: Int
    /// Numbers of `FrequencyCaps`.
    var channel: Column?
    /// Indices into the plan's campaigns.
    var campaign: Column?

    /// Nil where nobody asks or the catalog has no such event.
    init?(_ plan: Plan, _ layout: TimelineLayout, _ caps: FrequencyCaps, _ vocabulary: some Vocabulary) {
        guard let sends = plan.earlierSends, let slot = layout.slot(ofEvent: sends.event) else { return nil }
        self.slot = slot
        let properties = layout.events[slot].properties
        func column(_ property: String, _ values: [(name: String, value: Int)]) -> Column? {
            guard sends.properties.contains(property), let place = properties.firstIndex(of: property) else {
                return nil
            }
            var byCode = vocabulary.codes(ofProperty: property) { _ in true }.map { _ in -1 }
            for (name, value) in values {
                for (code, isName) in vocabulary.codes(ofProperty: property, where: { $0 == name }).enumerated()
                where isName {
                    byCode[code] = value
                }
            }
            return Column(property: place, values: byCode)
        }
        let counting = plan.schema.channels.map { ($0.name, caps.channel(named: $0.name) ?? -2) }
        channel = column("channel", ChannelSchema.uncounted.map { ($0, -2) } + counting)
        campaign = column(
            "campaign",
            plan.campaigns.enumerated().filter(\.element.isFirstStep).map { ($1.name, $1.kind == .marketing ? $0 : -2) }
        )
    }
}

extension Plan {
    /// The event that tells what was sent, and its text properties that say from where.
    var earlierSends: (event: String, properties: [String])? {
        guard !workspace.frequencyCaps.isEmpty, let event = schema.event("message_sent") else { return nil }
        return (event.name, ["campaign", "channel"].filter { event.property($0)?.type == .text })
    }
}

extension Evaluator {
    /// The current customer's messages in the data that count towards caps and were sent before the instant. What the data
    /// tells of the period itself is not what this plan would have sent.
    func loadEarlierSends(before instant: Int64, into history: inout SendHistory) {
        history.removeAll()
        guard let earlier = bound.earlierSends else { return }
        if isStreamed {
            streamed?.now.loadEarlierSends(earlier, before: instant, reach: bound.caps.reach, into: &history)
            return
        }
        let times = timeline.columnStart(slot: earlier.slot, column: CustomerTimeline.timeColumn)
        for row in 0..<timeline.rowCount(slot: earlier.slot) {
            let time = timeline.columns[times + row]
            if time >= instant { break }
            earlier.record(time, into: &history) { property in
                let column = timeline.propertyColumn(slot: earlier.slot, property: property)
                return timeline.columns[timeline.columnStart(slot: earlier.slot, column: column) + row]
            }
        }
    }
}

extension InstantEvaluator {
    /// The same from the columns, as far back as a cap looks.
    func loadEarlierSends(
        _ earlier: BoundEarlierSends, before instant: Int64, reach: Int64, into history: inout SendHistory
    ) {
        let events = tables.events[earlier.slot]
        let rows = rows[earlier.slot]
        var row = events.times.firstRow(after: saturatingDifference(instant, reach), in: rows, near: rows.lowerBound)
        while row < rows.upperBound, events.times.value(row) < instant {
            earlier.record(events.times.value(row), into: &history) { events.properties[$0].value(row) }
            row += 1
        }
    }
}

extension BoundEarlierSends {
    /// Records a message unless it does not count. `value`: that of a property of the message's row.
    fileprivate func record(_ instant: Int64, into history: inout SendHistory, value: (_ property: Int) -> Int64) {
        func found(_ column: Column?) -> Int {
            guard let column else { return -1 }
            let code = value(column.property)
            return code >= 0 && code < column.values.count ? column.values[Int(code)] : -1
        }
        let (channel, campaign) = (found(self.channel), found(self.campaign))
        if channel == -2 || campaign == -2 { return }
        history.record(.init(instant: instant, channel: channel, campaign: campaign))
    }
}
