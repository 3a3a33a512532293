/// A deliberate mistake in the naive simulation. Each must show in a comparison with the engine, or the comparison proves
/// little.
package enum SimulationMutation: String, CaseIterable, Sendable {
    case capWindowIncludesItsStart
    case capWindowExcludesItsEnd
    case capAllowsOneMore
    case channelCapsCountAll
    case transactionalIsCapped
    case cappedCounts
    case earlierSendsIgnored
    case dataOfThePeriodCounts
    case lowerPriorityFirst
    case laterNameFirst
    case ceilingIsOneMore
    case ceilingReturnsCaps
    case ceilingByKeyOnly
    case ceilingByLastKey
    case ceilingDaysOfUTC
    case scheduledBreachSendsTheFirst
    case quietHoursIncludeTheirEnd
    case quietHoursOfTheWorkspace
    case nightConsentIgnored
    case droppedIsMoved
    case expiresFromTheTrigger
    case expiryIsTooLate
    case reEntryCountsOnlySends
    case reEntryEndRefused
    case holdoutGetsNoTransactional
    case controlGroupBeforeHoldout
    case variantsBackwards
    case lastChannelFirst
    case transactionalNeedsConsent
    case schedulesIgnoreTheRecipientsZone
    case insideAtTheStartIsAnEntry
    case endIsInThePeriod
    case conversionIncludesTheSend
    case conversionExcludesItsEnd
    case cappedLeaveTheExperiment
    case weeksBeginOnSunday
    case windowIncludesItsEnd
    case windowsForgetTheirDays
    case quietHoursForgetTheWindow
    case hourlyCronFiresOnce
    case cronNeedsBothDays
    case holidaysAreWorkingDays
    case entryIsEvaluatedAtTheSend
    case beforeTriggerSeesTheTrigger
    case currentOnesDoNotEnter
    case lateEventsRemindToo
    case startsAreSeenForEver
    case absencesFireAtTheirBeginning
    case returnsAreDaily
    case returnsFireOnTheDay
    case lateEventsWereKnown
    case lateEventsHappenWhenKnown
    case lateEventsTriggerAtTheirTime
    case bestTimeIsOfTheSend
    case bestTimeNeedsOneMore
    case bestTimeIsTheLatest
    case datesKeepTheirTimeOfUTC
    case stepConditionIgnored
    case stepConditionSeesAllTime
    case restartKeepsOldSteps
    case journeysBeginForEverybody
    case journeysEndWithTheirFirstStep
    case journeysRunThroughTheirEnd
    case exitLeavesAJourneyRunning
    case runningJourneysAreEnteredAgain
    case laterStepsFirst
}

extension SimulationMutation {
    /// The same mistake where conditions are asked.
    var ofConditions: NaiveMutation? {
        switch self {
        case .lateEventsWereKnown: .lateEventsWereKnown
        case .lateEventsHappenWhenKnown: .lateEventsHappenWhenKnown
        default: nil
        }
    }
}
