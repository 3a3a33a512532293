package import CampaignPlan
internal import CivilTime
package import Simulation
internal import Timeline

extension SimulationResult {
    /// The whole result, in integers and texts; `digest` is that of the plan.
    package func json(planDigest digest: String) -> JSON {
        .members([
            "pabal_simulation": JSON(1), "plan_digest": .string(digest), "workspace": .string(workspace),
            "period": .object([
                "from": .string("\(period.from)"), "to": .string("\(period.to)"),
                "zone": .string(period.zone.name), "first_day": .string("\(period.firstDay)"),
                "days": JSON(period.dayCount),
            ]), "customers": JSON(customers), "contacted": JSON(contacted), "messages": JSON(messages),
            "cost_e4": cost.map { .integer($0) }, "currency": currency.map { .string($0) },
            "campaigns": .array(campaigns.map(\.json)), "fatigue": fatigue.json,
            "work": .object([
                "events_read": JSON(work.eventsRead), "atoms_evaluated": JSON(work.atomsEvaluated),
                "intervals_made": JSON(work.intervalsMade), "words_combined": JSON(work.wordsCombined),
            ]),
        ])
    }
}

extension Fatigue {
    fileprivate var json: JSON {
        .object([
            "class_ends": .array(Fatigue.classes.map { JSON($0) }),
            "customers": .array(customers.map { JSON($0) }), "most_per_day": JSON(mostPerDay),
            "most_per_week": JSON(mostPerWeek), "most_per_period": JSON(mostPerPeriod),
        ])
    }
}

extension CampaignResult {
    fileprivate var json: JSON {
        .members([
            "name": .string(name), "step": step.map { .string($0) }, "triggered": .bool(isTriggered),
            "considered": JSON(considered),
            "refused": refusals(refused), "pending": JSON(pending), "sent": JSON(sentTotal),
            "recipients": JSON(recipients), "cost_e4": .integer(cost), "eligible": JSON(eligible),
            "converted": JSON(converted), "sent_per_day": .array(perDay.map { JSON($0) }),
            "variants": .array(
                zip(variants, sent).map { variant, row in
                    .object([
                        "name": .string(variant),
                        "sent": .object(
                            Dictionary(
                                zip(channels, row).map { ($0.0, JSON($0.1)) }, uniquingKeysWith: { first, _ in first })
                        ),
                    ])
                }),
            "occurrences": .array(
                occurrences.map { occurrence in
                    .object([
                        "at": .string(occurrence.label), "considered": JSON(occurrence.considered),
                        "refused": refusals(occurrence.refused), "pending": JSON(occurrence.pending),
                        "sent": JSON(occurrence.sent),
                    ])
                }),
        ])
    }

    /// Reasons that occurred, by their stable name.
    private func refusals(_ counts: [Int]) -> JSON {
        .object(
            Dictionary(
                Refusal.allCases.filter { counts[$0.rawValue] > 0 }.map { refusal in
                    (Self.refusalNames[refusal.rawValue], JSON(counts[refusal.rawValue]))
                }, uniquingKeysWith: { first, _ in first }))
    }

    /// Made once: a large plan has a hundred thousand occurrences.
    private static let refusalNames = Refusal.allCases.map { refusal in
        String(refusal.label.map { $0 == " " || $0 == "-" ? "_" : $0 })
    }
}
