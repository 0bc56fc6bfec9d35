"""How German sounds when it is hard to read: what `plain_language` looks for."""

LONGEST = 22  # words in a sentence
PASSIVE_HELPERS = ("wird", "werden", "wurde", "wurden", "worden")
BEFORE_GE = "ab|an|auf|aus|bei|durch|ein|fest|her|hin|mit|nach|um|vor|weiter|zu|zusammen"
PARTICIPLE = rf"(?:(?:{BEFORE_GE})?ge\w{{2,}}(?:t|en)|(?:ver|be|er|ent|zer)\w{{2,}}(?:t|en)|\w+iert)"
# Words that end like a participle and are none.
NO_PARTICIPLE = (
    "gegen",
    "gern",
    "gesamt",
    "gut",
    "bereits",
    "besten",
    "ersten",
    "erst",
    "bekannt",
    "gestern",
    "benachbarten",
)
NOUN_ENDINGS = (
    "ung",
    "ungen",
    "heit",
    "heiten",
    "keit",
    "keiten",
    "tion",
    "tionen",
    "ität",
    "itäten",
    "nahme",
    "nahmen",
)
MOST_NOUNS = 3  # of these in one sentence
MOST_PASSIVE = 2  # sentences in one passage
