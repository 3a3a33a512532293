internal import CivilTime

extension Plan {
    /// The canonical bytes that the digest and the approval cover, ending with a line feed.
    package var canonicalBytes: [UInt8] { Array((json.canonicalText + "\n").utf8) }

    package var json: JSON {
        .object([
            "pabal_plan": JSON(Plan.formatVersion), "compiler": .string(compilerVersion),
            "zone_data": .string(zoneDataVersion), "workspace": workspace.json, "catalog": schema.json,
            "files": .array(files.map { .object(["path": .string($0.path), "sha256": .string($0.sha256)]) }),
            "conditions": .array(conditions.map(\.json)),
            "segments": .array(
                segments.map { .object(["name": .string($0.name), "condition": JSON($0.condition)]) }),
            "campaigns": .array(
                campaigns.indices.filter { campaigns[$0].isFirstStep }.map {
                    PlannedCampaign.json(campaigns[steps(of: $0)])
                }),
        ])
    }
}

extension WorkspacePlan {
    fileprivate var json: JSON {
        .members([
            "name": .string(name), "zone": .string(zone), "currency": currency.map { .string($0) },
            "jurisdictions": .array(jurisdictions.map { .string($0) }), "holdout": holdout?.json,
            "quiet_hours": quietHours.map { hours in
                .object([
                    "from": .string("\(hours.from)"), "to": .string("\(hours.until)"),
                    "channels": .array(hours.channels.map { .string($0) }), "then": .string(hours.action.rawValue),
                ])
            },
            "frequency_caps": frequencyCaps.isEmpty ? nil : .array(frequencyCaps.map(\.json)),
            "costs": .array(
                costs.map { .object(["channel": .string($0.channel), "amount_e4": .integer($0.amount)]) }),
        ])
    }
}

extension FrequencyCap {
    fileprivate var json: JSON {
        .members([
            "channel": channel.map { .string($0) }, "at_most": JSON(atMost), "per_ms": .integer(per),
        ])
    }
}

extension BucketShare {
    fileprivate var json: JSON { .object(["ppm": JSON(partsPerMillion), "key": .string(key.hexadecimal)]) }
}

extension AssignmentKey {
    /// The 16 bytes in order, as 32 lower-case digits.
    package var hexadecimal: String {
        [k0, k1].map { word in
            (0..<8).map { index in
                let byte = UInt8(truncatingIfNeeded: word >> UInt64(8 * index))
                return (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
        }.joined()
    }
}

extension PlannedCampaign {
    /// One campaign as it was written: of a journey all steps, else the only one.
    fileprivate static func json(_ steps: ArraySlice<PlannedCampaign>) -> JSON {
        guard let first = steps.first else { return .object([:]) }
        var members = first.members
        if first.step == nil {
            members.merge(first.message) { own, _ in own }
        } else {
            if first.step?.restarts == true { members["restart"] = .bool(true) }
            members["steps"] = .array(steps.map(\.stepJSON))
        }
        return .members(members)
    }

    /// What all steps of a journey have in common.
    private var members: [String: JSON?] {
        var schedule = schedule
        if step != nil { schedule.timing = SendTiming(delay: 0, next: nil) }
        return [
            "name": .string(name), "description": description.map { .string($0) },
            "owner": owner.map { .string($0) }, "kind": .string(kind.rawValue), "priority": JSON(priority),
            "goal": goal.map { goal in
                .members([
                    "metric": goal.metric.map { .string($0) }, "conversion": goal.conversion.json,
                    "within_ms": .integer(goal.within), "converted": JSON(goal.converted),
                ])
            },
            "audience": .members([
                "include": JSON(include), "exclude": exclude.map { JSON($0) }, "control_group": controlGroup?.json,
                "max_recipients": maxRecipients.map { JSON($0) },
                "evaluate": evaluatesAtEntry ? .string("entry") : nil,
            ]), "schedule": schedule.json, "re_entry": reEntry.json,
            "include_current": includesCurrent ? .bool(true) : nil,
            "before_trigger": beforeTrigger.map { JSON($0) }, "exit": exit.map { JSON($0) }, "salt": .string(salt),
            "variant_key": .string(variantKey.hexadecimal),
        ]
    }

    private var message: [String: JSON?] {
        [
            "expires_ms": expires.map { .integer($0) }, "channels": .array(channels.map { .string($0) }),
            "variants": .array(variants.map(\.json)),
        ]
    }

    private var stepJSON: JSON {
        let own: [String: JSON?] = [
            "name": step.map { .string($0.name) }, "after_ms": .integer(schedule.timing?.delay ?? 0),
            "next": schedule.timing?.next?.json, "if": step?.condition.map { JSON($0) },
        ]
        return .members(own.merging(message) { own, _ in own })
    }
}

extension VariantPlan {
    fileprivate var json: JSON {
        .object([
            "name": .string(name), "buckets": .array([JSON(buckets.lowerBound), JSON(buckets.upperBound)]),
            "messages": .object(
                Dictionary(
                    messages.map { message in
                        (
                            message.channel,
                            JSON.object(
                                Dictionary(
                                    message.fields.map { ($0.name, JSON.string($0.text)) },
                                    uniquingKeysWith: { first, _ in first }))
                        )
                    }, uniquingKeysWith: { first, _ in first })),
        ])
    }
}

extension ReEntry {
    fileprivate var json: JSON {
        switch self {
        case .never: .string("never")
        case .always: .string("always")
        case .after(let length): .object(["after_ms": .integer(length)])
        }
    }
}

extension ZoneReference {
    package var name: String {
        switch self {
        case .named(let name): name
        case .recipient: "recipient"
        }
    }

    var json: JSON { .string(name) }
}
