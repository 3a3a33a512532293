/// What knows the texts behind codes: a data set or a test.
///
/// Codes count from 0 without gaps. Asked only while a plan is bound, so a slow answer costs little.
package protocol Vocabulary {
    /// For every code of this attribute's dictionary: whether its text satisfies `test`.
    func codes(ofAttribute name: String, where test: (String) -> Bool) -> [Bool]
    /// The same for a property. Event types with a text property of one name share its dictionary.
    func codes(ofProperty name: String, where test: (String) -> Bool) -> [Bool]
    func text(ofAttribute name: String, code: Int) -> String?
    func codeCount(ofAttribute name: String) -> Int
}
