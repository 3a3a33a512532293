internal import Dataset
internal import Timeline

extension BoundDataset {
    /// So many values of customers are held at once.
    private static let valuesMax = 8_000_000

    /// With all populations of the plan compared, as answers in `[from, to)` need it: one pass over everybody for every
    /// few refresh instants. The threads change nothing.
    func comparing(from: Int64, to: Int64, threads: Int) -> BoundDataset {
        comparing(threads: threads) { bound.refreshInstants(ofPopulation: $0, from: from, to: to) }
    }

    /// The same for one instant, at which all populations are compared.
    func comparing(at instant: Int64, threads: Int) -> BoundDataset {
        comparing(threads: threads) { population in
            guard bound.looksBack else { return [instant] }
            let before = bound.refreshInstants(ofPopulation: population, from: instant, to: instant)
            return before.filter { $0 < instant } + [instant]
        }
    }

    private func comparing(threads: Int, _ instants: (Int) -> [Int64]) -> BoundDataset {
        var compared = self
        for population in bound.populationIndices {
            compared.bound.forgetCuts(ofPopulation: population)
            let instants = instants(population)
            let values = max(1, dataset.customerCount * bound.statisticCount(ofPopulation: population))
            let length = max(1, Self.valuesMax / values)
            for start in stride(from: 0, to: instants.count, by: length) {
                let part = Array(instants[start..<min(start + length, instants.count)])
                let pass = collect(population, at: part, threads: threads)
                compared.bound.addCuts(pass) { customer in
                    dataset.keyBytes(of: customer).withUnsafeBufferPointer { Array($0) }
                }
            }
        }
        return compared
    }

    private func collect(_ population: Int, at instants: [Int64], threads: Int) -> PopulationPass {
        let empty = PopulationPass(population, of: bound, at: instants)
        return runShards(
            count: dataset.customerCount, threads: threads, shards: 64, make: { empty },
            work: { customers, pass in
                var evaluator = Evaluator(bound)
                let loader = TimelineLoader(self, from: customers.lowerBound)
                for customer in customers {
                    _ = loader.find(customer)
                    loader.load(into: &evaluator.timeline)
                    evaluator.begin()
                    pass.add(customer, &evaluator)
                }
            }, merge: { $0.add($1) })
    }
}
