/// Verbalizes chapters and verses of the Bible: Psalm 119:105, 1 Corinthians 13:4-7.
enum Verses {
  /// Reads a book with its chapter and verse: "psalm one hundred nineteen verse one hundred five".
  static let read: Rules.Rule = { text, index in
    let written = text[index].lowercased
    guard books.contains(written) || abbreviations[written] != nil, text[index].isCapitalized else {
      return nil
    }
    let book = [abbreviations[written] ?? written]
    var chapter = index + 1
    if text[chapter].isMark("."), text[chapter].isJoined { chapter += 1 }
    guard let number = text[chapter].value, text[chapter + 1].isMark(":"), text[chapter + 1].isJoined,
      let verse = text[chapter + 2].value, text[chapter + 2].isJoined
    else { return nil }
    var end = chapter + 3
    var words = book + Numbers.cardinal(number) + ["verse"] + Numbers.cardinal(verse)
    if text[end].isMark("-–"), text[end].isJoined, let last = text[end + 1].value, text[end + 1].isJoined {
      words =
        book + Numbers.cardinal(number) + ["verses"] + Numbers.cardinal(verse) + ["to"]
        + Numbers.cardinal(last)
      end += 2
    }
    return Reading(words, end: end)
  }

  /// Reads the number of a book before its name: "1 Corinthians" is "first corinthians".
  static let readBook: Rules.Rule = { text, index in
    guard let number = text[index].value, (1...3).contains(number), text[index + 1].isCapitalized,
      numberedBooks.contains(text[index + 1].lowercased), text[index + 2].isDigits
    else { return nil }
    return Reading(Numbers.ordinal(number), end: index + 1)
  }

  private static let abbreviations = [
    "gen": "genesis", "ex": "exodus", "lev": "leviticus", "num": "numbers", "deut": "deuteronomy",
    "josh": "joshua",
    "ps": "psalm", "pss": "psalms", "prov": "proverbs", "eccl": "ecclesiastes", "isa": "isaiah",
    "jer": "jeremiah",
    "ezek": "ezekiel", "dan": "daniel", "matt": "matthew", "mt": "matthew", "mk": "mark", "lk": "luke",
    "jn": "john",
    "rom": "romans", "gal": "galatians", "eph": "ephesians", "phil": "philippians", "col": "colossians",
    "heb": "hebrews", "jas": "james", "rev": "revelation", "cor": "corinthians", "sam": "samuel",
    "pet": "peter",
  ]
  private static let numberedBooks: Set = [
    "samuel", "kings", "chronicles", "corinthians", "thessalonians", "timothy", "peter", "john",
  ]
  private static let books = numberedBooks.union([
    "genesis", "exodus", "leviticus", "numbers", "deuteronomy", "joshua", "judges", "ruth", "ezra",
    "nehemiah", "esther", "job", "psalm", "psalms", "proverbs", "ecclesiastes", "isaiah", "jeremiah",
    "lamentations", "ezekiel", "daniel", "hosea", "joel", "amos", "obadiah", "jonah", "micah", "nahum",
    "habakkuk", "zephaniah", "haggai", "zechariah", "malachi", "matthew", "mark", "luke", "acts", "romans",
    "galatians", "ephesians", "philippians", "colossians", "titus", "philemon", "hebrews", "james", "jude",
    "revelation", "surah", "sura", "quran", "gita", "songs", "solomon",
  ])
}
