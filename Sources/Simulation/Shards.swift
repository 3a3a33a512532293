internal import Dispatch
internal import Synchronization

/// Works through `count` items in shards, on as many threads as asked for, and merges what the threads made.
///
/// Shards come from one counter, so that a slow one holds nobody up. The merge must be associative and commutative: then
/// the result is the same however the shards fell. `finish` runs once for each thread, after its last shard.
func runShards<Partial: Sendable>(
    count: Int, threads: Int, shards: Int, make: @Sendable () -> Partial,
    work: @Sendable (Range<Int>, inout Partial) -> Void, finish: @Sendable (inout Partial) -> Void = { _ in },
    merge: (inout Partial, Partial) -> Void
) -> Partial {
    let shards = max(1, min(shards, count))
    let next = Atomic(0)
    let partials = Mutex<[Partial]>([])
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
        var partial = make()
        while true {
            let shard = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard shard < shards else { break }
            work(count * shard / shards..<count * (shard + 1) / shards, &partial)
        }
        finish(&partial)
        partials.withLock { $0.append(partial) }
    }
    let made = partials.withLock { $0 }
    var result = made.first ?? make()
    for partial in made.dropFirst() { merge(&result, partial) }
    return result
}
