import Testing
import TinglePresets
import TingleSupport

/// The `UserError` that `read` throws; nil and a recorded issue if it succeeds or throws another error.
func expectedError(of text: String, _ read: (String) throws -> Any?) -> UserError? {
  do {
    _ = try read(text)
    Issue.record("\(text) was accepted")
  } catch let error as UserError {
    return error
  } catch {
    Issue.record("\(error)")
  }
  return nil
}
