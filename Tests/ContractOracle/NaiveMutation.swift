/// A deliberate mistake in the oracle. Each must show in a comparison with the engine, or the comparison proves little.
package enum NaiveMutation: String, CaseIterable, Sendable {
    case windowStartIncluded
    case windowEndExcluded
    case windowOneMillisecondShort
    case pastSeesToday
    case pastStartExcluded
    case recentStartIncluded
    case recentSeesTheRestOfToday
    case daysOfUTC
    case recipientZoneIgnored
    case monthsOfThirtyDays
    case nextIncludesNow
    case nextEndExcluded
    case datesEndAtMidnight
    case missingDiffersFromEverything
    case outsideIncludesItsEnds
    case textCaseIgnored
    case countNeedsOneMore
    case sameMillisecondCountsOnce
    case sumWraps
    case averageRoundedDown
    case averageOfNothingIsZero
    case minimumOfNothingIsZero
    case missingIsAValue
    case existsBeforeSince
    case eventsBeforeSinceIgnored
    case triggerCountsItself
    case triggerIgnored
    case movementEndIncluded
    case movementEndsWithTheSegment
    case existenceIsNoEntry
}
