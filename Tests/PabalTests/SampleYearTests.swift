import TestSupport
import Testing

/// The numbers of the sample year have to add up, whatever they are.
@Suite struct SampleYearTests {
    let report: SimulationReport

    init() throws {
        let run = try SampleShop.shared().simulate(["--output-format", "json"])
        report = try SimulationReport(run.outputBytes)
    }

    @Test func everyDecisionOfACampaignHasOneOutcome() {
        #expect(report.campaigns.count >= 8)
        for campaign in report.campaigns {
            let refused = campaign.refused.values.reduce(0, +)
            #expect(campaign.considered == refused + campaign.pending + campaign.sent, "\(campaign.name)")
            #expect(campaign.sent > 0, "\(campaign.name)")
        }
    }

    @Test func everyDecisionOfAnOccurrenceHasOneOutcome() {
        for campaign in report.campaigns {
            for occurrence in campaign.occurrences {
                let refused = occurrence.refused.values.reduce(0, +)
                #expect(
                    occurrence.considered == refused + occurrence.pending + occurrence.sent,
                    "\(campaign.name) \(occurrence.at)")
                #expect(campaign.triggered || occurrence.considered <= report.customers)
            }
        }
    }

    @Test func occurrencesAddUpToTheirCampaign() {
        for campaign in report.campaigns {
            let occurrences = campaign.occurrences
            #expect(occurrences.reduce(0) { $0 + $1.considered } == campaign.considered, "\(campaign.name)")
            #expect(occurrences.reduce(0) { $0 + $1.sent } == campaign.sent, "\(campaign.name)")
            #expect(occurrences.reduce(0) { $0 + $1.pending } == campaign.pending, "\(campaign.name)")
            let refused = occurrences.reduce(into: [:]) { $0.merge($1.refused, uniquingKeysWith: +) }
            #expect(refused == campaign.refused, "\(campaign.name)")
        }
    }

    @Test func sendsAddUpByDayAndByVariant() {
        for campaign in report.campaigns {
            #expect(campaign.sentPerDay.count == report.period.days)
            #expect(campaign.sentPerDay.reduce(0, +) == campaign.sent, "\(campaign.name)")
            let byVariant = campaign.variants.reduce(0) { $0 + $1.sent.values.reduce(0, +) }
            #expect(byVariant == campaign.sent, "\(campaign.name)")
        }
        #expect(report.campaigns.reduce(0) { $0 + $1.sent } == report.messages)
    }

    @Test func peopleAreNoMoreThanThereAre() {
        for campaign in report.campaigns {
            #expect(campaign.recipients <= campaign.sent && campaign.recipients <= report.contacted)
            #expect(campaign.recipients > 0)
            #expect(campaign.converted <= campaign.eligible, "\(campaign.name)")
            let reached = ["holdout", "control_group", "capped", "ceiling"].reduce(campaign.sent) {
                $0 + (campaign.refused[$1] ?? 0)
            }
            #expect(campaign.eligible <= reached, "\(campaign.name)")
        }
        let recipients = report.campaigns.map(\.recipients)
        #expect(report.contacted <= recipients.reduce(0, +))
        #expect(report.contacted >= recipients.max() ?? 0)
    }

    @Test func fatigueClassesHoldEverybodyAndTheirMessages() {
        let fatigue = report.fatigue
        #expect(fatigue.customers.count == fatigue.classEnds.count + 1)
        #expect(fatigue.customers.reduce(0, +) == report.customers)
        #expect(fatigue.customers.first == report.customers - report.contacted)
        let ends = fatigue.classEnds + [fatigue.mostPerPeriod]
        let least = zip(fatigue.customers.dropFirst(), fatigue.classEnds).reduce(0) { $0 + $1.0 * ($1.1 + 1) }
        let most = zip(fatigue.customers, ends).reduce(0) { $0 + $1.0 * $1.1 }
        #expect((least...most).contains(report.messages), "\(least) to \(most)")
        #expect(fatigue.mostPerDay <= fatigue.mostPerWeek && fatigue.mostPerWeek <= fatigue.mostPerPeriod)
    }
}
