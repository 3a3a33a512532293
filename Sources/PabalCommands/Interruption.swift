internal import Dispatch
internal import Foundation
internal import Synchronization

/// Lets work that a person interrupts clean up before the process ends.
struct Interruption {
    private static let signals = [SIGINT, SIGTERM]

    /// Calls `body` with what tells whether one of the signals has come; where it throws a `CancellationError` then, the
    /// signal ends the process. A second signal ends it at once.
    static func during<Result>(_ body: (@escaping @Sendable () -> Bool) throws -> Result) throws -> Result {
        let received = Received()
        let sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if !received.isFirst(number) { end(by: number) }
            }
            source.resume()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in signals { signal(number, SIG_DFL) }
        }
        do {
            return try body { received.number != 0 }
        } catch is CancellationError {
            end(by: received.number)
            throw CancellationError()
        }
    }

    private static func end(by number: Int32) {
        signal(number, SIG_DFL)
        kill(getpid(), number)
    }

    /// The signal that has come; 0 before.
    private final class Received: Sendable {
        private let value = Atomic<Int32>(0)

        var number: Int32 { value.load(ordering: .acquiring) }

        func isFirst(_ number: Int32) -> Bool {
            value.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged
        }
    }
}
