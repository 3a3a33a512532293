internal import CampaignPlan
internal import Timeline

extension Runner {
    /// Compares all customers with each other where a refresh instant has come, on the data of now; true if it did.
    ///
    /// What it finds stays as it is until the next refresh, also where later lines of the inbox tell of earlier events.
    func comparePopulations(_ now: Int64) -> Bool {
        guard bound.comparesCustomers, now >= nextComparison else { return false }
        let from = campaigns.values.map(\.cursor).min().map { min($0, now) } ?? now
        var compared = bound
        var isNew = false
        nextComparison = now + Self.lookAhead
        for population in compared.populationIndices {
            let instants = compared.refreshInstants(ofPopulation: population, from: from, to: now + Self.lookAhead)
            if let next = instants.first(where: { $0 > now }) { nextComparison = min(nextComparison, next) }
            let passed = instants.filter { $0 <= now }
            guard let last = passed.last, last != compared.lastComparison(ofPopulation: population) else { continue }
            var pass = PopulationPass(population, of: compared, at: passed)
            for customer in 0..<audience.customerCount {
                load(customer)
                ask { pass.add(customer, &$0) }
            }
            compared.forgetCuts(ofPopulation: population)
            compared.addCuts(pass) { Array(audience.key(of: $0).utf8) }
            isNew = true
        }
        guard isNew else { return false }
        bind(compared)
        // Who enters an audience may be others than was seen ahead.
        triggers = TriggerQueue()
        return true
    }

    /// A refresh that is further away is looked for again.
    private static let lookAhead: Int64 = 86_400_000
}
