import Testing
import TinglePresets
import TingleSupport

/// The error that reading a wrong preset ends with; nil, and an issue, if it was read or ended otherwise.
func refusal(of text: String, _ read: (String) throws -> Any?) -> UserError? {
  do {
    _ = try read(text)
    Issue.record("\(text) was read")
  } catch let error as UserError {
    return error
  } catch {
    Issue.record("\(error)")
  }
  return nil
}
