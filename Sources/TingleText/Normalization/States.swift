/// Verbalizes the postal abbreviations of the states of the USA: "Reno, NV 89501".
enum States {
  /// Reads an abbreviation in capitals after a comma.
  static let read: Rules.Rule = { text, index in
    guard text[index].isCapitals, text[index].text.count == 2, text[index - 1].isMark(","),
      text[index - 2].isCapitalized, !text[index - 2].isCapitals, let name = names[text[index].text]
    else { return nil }
    return Reading(name, end: index + 1)
  }

  private static let names = [
    "AL": "alabama", "AK": "alaska", "AZ": "arizona", "AR": "arkansas", "CA": "california", "CO": "colorado",
    "CT": "connecticut", "DE": "delaware", "DC": "D C", "FL": "florida", "GA": "georgia", "HI": "hawaii",
    "ID": "idaho",
    "IL": "illinois", "IN": "indiana", "IA": "iowa", "KS": "kansas", "KY": "kentucky", "LA": "louisiana",
    "ME": "maine",
    "MD": "maryland", "MA": "massachusetts", "MI": "michigan", "MN": "minnesota", "MS": "mississippi",
    "MO": "missouri",
    "MT": "montana", "NE": "nebraska", "NV": "nevada", "NH": "new hampshire", "NJ": "new jersey",
    "NM": "new mexico",
    "NY": "new york", "NC": "north carolina", "ND": "north dakota", "OH": "ohio", "OK": "oklahoma",
    "OR": "oregon",
    "PA": "pennsylvania", "RI": "rhode island", "SC": "south carolina", "SD": "south dakota",
    "TN": "tennessee",
    "TX": "texas", "UT": "utah", "VT": "vermont", "VA": "virginia", "WA": "washington", "WV": "west virginia",
    "WI": "wisconsin", "WY": "wyoming",
  ]
}
