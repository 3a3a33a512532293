internal import CampaignPlan

extension [ValueTest] {
    /// False where no value can pass all of these tests; true also where that is not known.
    var areSatisfiable: Bool {
        var known = ValueKnowledge()
        // An average may lie between two numbers that its literals can write.
        for test in self { known.add(test, true, isFraction: true) }
        return !known.isImpossible
    }
}
