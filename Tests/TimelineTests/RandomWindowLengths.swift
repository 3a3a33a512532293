import CampaignPlan
import CivilTime

/// The lengths that conditions measure time with, each once, in a fixed order.
struct RandomWindowLengths {
    let lengths: [Int64]
    let spans: [CalendarSpan]
    /// At which windows between two days begin and end.
    let days: [CivilDate]

    init(of conditions: [Condition]) {
        var lengths: Set<Int64> = []
        var spans: Set<CalendarSpan> = []
        var days: Set<CivilDate> = []
        func add(_ window: EventWindow) {
            switch window {
            case .ever, .sinceTrigger: break
            case .between(let from, let to, _): days.formUnion([from, to])
            case .elapsed(let from, let to): lengths.formUnion([from, to])
            case .past(let span, _), .recent(let span, _): spans.insert(span)
            }
        }
        for condition in conditions {
            switch condition {
            case .constant, .not, .all, .any, .attribute, .population: break
            case .movement(_, _, let within): lengths.insert(within)
            case .sequence(let pattern):
                lengths.formUnion(pattern.parts.flatMap { [$0.within, $0.ofFirstWithin].compactMap { $0 } })
                add(pattern.window)
            case .anniversary(let anniversary):
                spans.insert(anniversary.next)
                if let year = CalendarSpan(count: anniversary.year ?? 1, unit: .year) { spans.insert(year) }
            case .attributeTime(_, .elapsed(let from, let to, _)): lengths.formUnion([from, to])
            case .attributeTime(_, .nextElapsed(let length, _)): lengths.insert(length)
            case .attributeTime(_, .past(let span, _)), .attributeTime(_, .recent(let span, _)): spans.insert(span)
            case .attributeTime(_, .nextDays(let span, _)): spans.insert(span)
            case .events(_, let window, _): add(window)
            case .behaviour(let behaviour):
                behaviour.windows.forEach(add)
                if case .numbered(_, _, let number) = behaviour {
                    lengths.formUnion([number.ofFirstWithin, number.after?.within].compactMap { $0 })
                }
            }
        }
        self.days = days.sorted()
        self.lengths = lengths.subtracting([0]).sorted()
        self.spans = spans.sorted { ($0.unit.rawValue, $0.count) < ($1.unit.rawValue, $1.count) }
    }
}
