/// Who is trusted, with which keys and in which roles, and how many of them an environment needs.
///
/// A file of its own that the runner is given; nothing in a plan or an approval can change it.
package struct TrustRoot: Hashable, Sendable {
    /// Raised when the meaning of the file changes.
    package static let formatVersion = 1

    package struct Person: Hashable, Sendable {
        package var name: String
        package var roles: Set<String>
        /// Each belongs to nobody else.
        package var keys: [VerificationKey]

        package init(name: String, roles: Set<String>, keys: [VerificationKey]) {
            self.name = name
            self.roles = roles
            self.keys = keys
        }
    }

    package struct Environment: Hashable, Sendable {
        package var name: String
        /// How many different people must approve, ≥ 1.
        package var threshold: Int
        /// In which roles an approval counts, at least one.
        package var roles: Set<String>

        package init(name: String, threshold: Int, roles: Set<String>) {
            self.name = name
            self.threshold = threshold
            self.roles = roles
        }
    }

    /// Sorted by name.
    package var people: [Person]
    /// Sorted by name.
    package var environments: [Environment]

    package init(people: [Person], environments: [Environment]) {
        self.people = people
        self.environments = environments
    }

    package func environment(_ name: String) -> Environment? { environments.first { $0.name == name } }
}
