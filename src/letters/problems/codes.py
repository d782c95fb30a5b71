"""The codes of problems: each with one meaning, which it keeps for ever, and a line that says it."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """What is wrong, as a code of a letter and three figures: E… for an error, W… for what is only said.

    `meaning`: the line of docs/reference/problems.md, which docs/reference/make_problems.py writes. A code that is no
    longer given is not used again. That an error and a warning have the same figures does not make them one matter.
    """

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        """A member out of its code and its meaning."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    # files of YAML, and what they say
    UNREADABLE_FILE = "E101", "a file cannot be read, is no UTF-8 text, or is larger than any file of words"
    NOT_YAML = "E102", "a file is not sound YAML, says nothing, or holds two versions that nobody has chosen between"
    KEY_TWICE = "E103", "a key is given twice"
    NOT_AN_ANSWER = "E104", "an answer is none of those that outcome.yaml has for the field"
    UNKNOWN_KEY = "E105", "a key that nothing in this place has"
    MISSING_KEY = "E106", "something that must be given is missing"
    WRONG_SHAPE = "E107", "a value has another shape than is wanted, such as text in place of a list"
    NOT_A_DATE = "E108", "a date that there is not, or that is not written year-month-day"
    UNFIT_VALUE = "E109", "a value is empty, or not of the form that is wanted"
    UNPRINTABLE_CHARACTER = "E110", "a character that is invisible, or that the letters' font does not have"
    FORBIDDEN_YAML = "E111", "an anchor, alias or tag of YAML, or a value nested too deep"
    CODE_IN_WORDING = "E112", "{{ or {% in a file below templates/ that is no template: it would be printed"
    CODE_IN_DATA = "W112", "{{ or {% in a force's file: it is printed as it stands"
    STRAY_FILE = "E113", "a file in forces/ that is no force's, or a copy of one that is"
    BROKEN_RULE = "E114", "answers that a rule of outcome.yaml forbids together"
    BROKEN_ADVICE = "W114", "answers that a rule of outcome.yaml, of `severity: warning`, advises against"
    CHANGED_PHRASE_UNKNOWN = "E115", "a departure from a phrase that there is not"
    UNUSED_IN_LETTER = "E116", "something is given for a letter that the letter has no place for"
    CHANGED_PHRASE_SAME = "E117", "a departure that is the standard wording"
    UNKNOWN_LETTER_TYPE = "E118", "a letter type that there is not"
    OUTSIDE_SCHEMA = "E119", "a value that outcome.yaml, or the form of the file, does not allow in some other way"
    MORE_PROBLEMS = "E120", "a file has more problems than are shown"

    # words that were not meant to be printed
    PRINTS_A_CODE = "E121", "a template prints an answer that is a code and no words"
    PRINTS_AN_ANSWER = "W121", "a template prints an answer for which outcome.yaml has other words"
    CODE_AMONG_WORDS = "E122", "a text has a code, such as not_started, in the place of words"
    COMPUTER_DATE = "W122", "a text has a date as computers write it"
    PLACEHOLDER = "E123", "a text stands for words that are to come, such as TBC"
    PLACEHOLDER_PERHAPS = "W123", "a text may stand for words that are to come"
    QUOTATION_MARKS = "E124", "quotation marks that would be printed, or one without its partner, in a name or title"
    QUOTATION_MARKS_PERHAPS = "W124", "quotation marks in a sentence that are printed, which may be meant"
    SIGNATURE_OF_ANOTHER = "E125", "a picture of a signature above the name of somebody else"
    MAIL_OF_ANOTHER = "W125", "an address of mail that seems to be somebody else's"
    CHANGED_PHRASE_NUMBER = "E126", "a departure is plural and its phrase singular, or the other way round"
    COPIED_LETTER_TYPE = "E127", "a folder below templates/ that seems to be a copy of another"
    REPEATED_LETTER_TYPE = "W127", "a letter type has the title and the wording of another"

    # who letters go to
    RECIPIENT_NAME = "E130", "recipient.yaml does not describe `name` as a text that every file has"
    RECIPIENT_WORD = "E131", "the `word` of recipient.yaml is not what `one` and `many` are called"
    RESERVED_FACT = "E132", "a fact of recipient.yaml has a name that the tool itself uses there"
    UNFIT_SUGGESTION = "E133", "a `suggest` of recipient.yaml is none that its field allows"
    NOT_SAID_OTHERWISE = "E134", "an `in_letters` of recipient.yaml where letters can say nothing otherwise"
    NO_SAMPLE_RECIPIENT = "E135", "nobody is known who fits recipient.yaml, so that no letter was proved"
    MISNAMED_RECIPIENT = "E136", "a file that seems to be meant as recipient.yaml, and has another name"
    INVENTED_SENDER = "E137", "a letter is ready, and its sender is the one that a new letter type begins with"

    # names, ranks and titles
    ENDS_IN_A_MARK = "E138", "a name, rank or title ends in a comma, semicolon or colon, which would be printed"
    ENDS_IN_A_MARK_PERHAPS = "W138", "a name, rank, title or salutation ends in a mark, which may be meant"
    MISTYPED_NAME = "W139", "a name, rank or title is in small or large letters alone, or seems to be mistyped"

    # files that the tool itself changes
    NOT_REWRITTEN = "E140", "a file that cannot be changed by command so that nothing else in it changes"

    # to whom a letter goes besides
    MAIL_WITHOUT_A_DOT = "W143", "an address of mail without a dot behind its @"
    COMMAS_MAKE_ENTRIES = "W144", "commas in brackets make several entries of what seems to be one"
    # what a schema of staff says, and what files say of those who get letters
    UNKNOWN_KEYWORD = "E145", "a key of a schema that is not read: in recipient.yaml, outcome.yaml, or a `when:`"
    SAME_ADDRESS = "W145", "two who get letters have the same address, of mail or of post"
    LOST_RECIPIENT = "E146", "there is no recipient.yaml, and the files in forces/ are not those of police forces"

    # templates and letter types
    MISSING_FILE = "E201", "a file that is needed is missing, or all of those that make a letter type"
    TEMPLATE_SYNTAX = "E202", "a template cannot be read: something in {{ }} or {% %} is not closed, or unknown"
    UNKNOWN_NAME = "E203", "a template names what there is not, or verdict.md makes no verdict"
    UNKNOWN_FILTER = "E204", "a template uses a filter or test that there is not, or gives it too much or too little"
    NOT_IN_LETTERS = "E205", "something of Markdown or HTML that no letter shows, or that stresses or links nothing"
    BROKEN_PART = "E206", "a part (:::) is not closed, not opened or not named"
    NO_WORDS = "E207", "a part, heading, entry of a list or template is empty"
    UNKNOWN_PHRASE = "E208", "a template asks for a phrase, or compares with an answer, that there is not"
    IF_WITHOUT_ELSE = "E209", "an `if` inside {{ }} has no `else`"
    ELIF_WITHOUT_ELSE = "E210", "an {% if %} with {% elif %} has no {% else %}"
    PRINTS_NO_WORDS = "E211", "a template prints, or gives a filter, what is no words: nothing, a bare date, a list"
    BROKEN_OVERVIEW = "E212", "a `when` of the overview in letter.yaml is not sound"
    BROKEN_OUTCOME_SCHEMA = "E213", "outcome.yaml does not describe an outcome, or recipient.yaml no recipient"
    UNUSABLE_PICTURE = "E215", "a picture, or a file of Word, is not there, is damaged, or has no PNG beside it"
    MISSING_STYLE = "E216", "the letterhead has no style for a part, or cannot be used to set a page"
    UNKNOWN_LETTERHEAD = "E217", "a letterhead that there is not"
    NOT_FOR_TEMPLATES = "E218", "a template does what templates may not: arithmetic, calls, loops without end"
    SKIPPED_HEADING_LEVEL = "E219", "a heading is more than one level below the one above it, or is a second title"

    # Markdown that does not do what its writer meant
    RUN_TOGETHER_BLOCKS = "E220", "a block right below another, without the blank line that would part them"
    RUN_TOGETHER_LINES = "W220", "short lines that run together into one paragraph"
    UNDERLINED_HEADING = "E221", "a line of dashes or = that makes a heading of the line above it"
    DASHES_AS_TYPED = "W221", "-- or --- is printed as it stands"
    SIGN_MAKES_A_BLOCK = "E222", "a sign at the beginning of a line makes a list or quotation, and is not printed"
    SIGN_MAKES_A_BLOCK_PERHAPS = (
        "W222",
        "a sign at the beginning of a line makes a list or quotation, which may be meant",
    )
    NUMBER_MAKES_A_LIST = "E223", "a number at the beginning of a line makes a list, or is printed as another number"
    HYPHEN_AT_A_LINE_END = "W223", "a hyphen at the end of a line: a blank is printed behind it"
    BLOCK_IN_AN_ENTRY = "E224", "a list or heading right behind a bullet or number"
    LOST_BACKSLASH = "W224", "a backslash of a path is not printed"
    BROKEN_TABLE = "E225", "a table that is none, or cells that are not printed"
    SHORT_ROW = "W225", "a row of a table has fewer cells than there are headings"
    NOT_A_LIST = "E226", "bullets or labels that make no list: their lines run together"
    CUT_OFF_BY_A_REMARK = "E227", "YAML takes words behind a # for a remark, and they are not printed"
    RUN_TOGETHER_IN_YAML = "E228", "lines or paragraphs of a text in YAML that run together into one"
    BLOCKS_AMONG_WORDS = "E229", "a text of several paragraphs is put among words"
    UNFIT_FOOT = "E230", "the foot has something that the foot of a page cannot show"
    UNFIT_FOR_FILTER = "E231", "a filter is given what it cannot print: text for a number, an end before its beginning"

    # who signs
    UNKNOWN_SIGNATORY = "E233", "a signatory that there is not, or whose file has problems"
    STRAY_SIGNATORY = "E234", "a file in templates/signatories/ that is neither a signatory's nor a picture"
    PICTURE_OF_NOBODY = "W234", "a picture in templates/signatories/ that no signatory has"
    SIGNATORY_OF_ANOTHER = "E235", "the file of a signatory is called after somebody else"
    SIGNATURE_ELSEWHERE = "E236", "the picture of a signatory outside of the part `signature`"

    # slips of whoever drafts
    WRONG_ARTICLE = "E243", "`a` before a word that is said with a vowel, or `an` before one that is not"
    SAID_TWICE = "E244", "a paragraph stands twice in a letter"
    UNFIT_CONTACT = "E245", "an address of mail or a telephone in letter.yaml that is none"
    NO_SUBJECT = "W246", "a letter that does not print its title, and has no other heading"

    # what a build meets
    NO_FORCES = "E301", "there is no force in the workspace"
    NOT_WRITTEN = "E302", "a file cannot be written: it is open in Word, or the disk is full, or it may not be changed"
    NOT_MADE = "E303", "a file could not be made for want of something on this machine"
    OTHER_WORDS = "E304", "a finished file does not say what the letter says, and was not delivered"
    NO_PANGO = "E305", "Pango is missing, without which there is no PDF"
    FAULT_IN_LETTERS = "E306", "a file could not be made: a fault in letters, or of the letterhead"
    PROCESS_LOST = "E307", "a process that was making letters was ended by something else"
    PNG_OF_ANOTHER_SHAPE = "E315", "a drawing and the PNG beside it have not the same proportions"

    # English, and what each outcome says
    NOTHING_SAID = "E401", "an empty sentence, or one word that is none"
    DOUBLED_WORD = "E402", "a word stands twice"
    DOUBLED_SPACE = "E403", "two spaces in a row"
    STRAY_SPACE = "E404", "a space on the wrong side of a mark"
    MISSING_END = "E405", "a sentence without its full stop"
    MISSING_WORDS = "E406", "a comma, `and` or `of` with nothing behind it or before it"
    DISAGREEMENT = "E407", "singular and plural do not agree"
    MISSING_CAPITAL = "E408", "a sentence begins with a small letter"
    UNTOLD_FINDING = "E409", "a finding that the letter does not tell: it reads the same for two answers"
    TWO_PHRASES = "E410", "one finding is worded by two phrases in the same sentence"
    UNREACHED_PHRASE = "E411", "a phrase that no outcome reaches (a warning where not all were read)"
    UNREACHED_BRANCH = "E412", "a branch of a template that no outcome reaches (a warning where not all were read)"
    ANOTHER_FORCE = "E413", "a letter names another force"
    WRONG_NAME = "E414", "a name is given that the letter does not say, or who signs is not who writes"
    DATED_WORDS = (
        "E415",
        "words such as `this year` that are not true in the year of the letter (a template's: a warning)",
    )
    MISSPELT = "W416", "a word is not in the British dictionary, or is spelt otherwise in these letters"
    PHRASE_CAPITAL = "E417", "a phrase begins with a capital in the middle of a sentence"
    UNNEEDED_ACCEPTANCE = "W417", "words.txt says of something that it is right, and nothing is said against it"
    PHRASE_END = "E418", "a phrase ends a sentence, and the sentence goes on"
    MISSING_SPACE = "E419", "no space beside a mark"
    NO_EXAMPLE = "E420", "no value is known for a field, so that no letter with it was proved"
    SPELLING_UNCHECKED = "W420", "spelling was not checked: the dictionary is missing on this machine"
    NO_OUTCOME = "E421", "no outcome is known that fits all the rules, so that no letter was proved"
    WRONG_EXAMPLE = "E422", "an example of outcome.yaml or recipient.yaml is not allowed by the field that it is for"
    NO_GROUP = "W424", "an outcome falls into no group of the overview in letter.yaml, and is counted in none"
    UNREAD_BRANCH = "W425", "a branch of a template that some value reaches, but none of those that were read"
    PHRASE_NUMBER = "E426", "a phrase whose words seem to be plural and its `number:` singular, or the other way round"
    ANOTHER_FORCE_PERHAPS = "W426", "a letter, or a fact of a force, names an office or a body that may be another's"
    UNUSED_FACT = "W427", "a fact that is asked of whoever fills a file in, and that no template prints or asks for"

    UNPAIRED_MARK = "E428", "a bracket or quotation mark without its partner"
    NO_SUCH_DAY = "E429", "a date that there is not, or that is another day of the week"

    # names and places of folders
    UNFIT_FOLDER_NAME = "E500", "a letter type whose name no folder can have everywhere, or that the tool has itself"
    LINK_OUTSIDE = "E501", "a link to a folder outside the workspace, which is not read"

    # bounds
    TOO_MANY_STEPS = "E510", "a template does more than a letter needs"
    TOO_LARGE_VALUE = "E511", "a template makes too large a text, line or list"
    TEMPLATE_TIME = "E512", "a template takes too long"
    LETTER_TIME = "E513", "a letter takes too long to make and to read back"
    LETTER_MEMORY = "E514", "a letter takes too much memory"
    LIBRARY_CRASH = "E515", "a library crashed over a letter"
    ENDLESS_REFERENCE = "E516", "a reference in a schema that leads back to itself, or that is not for outcomes"
    TOO_LARGE_SCHEMA = "E517", "outcome.yaml or recipient.yaml is too large once its references are followed"

    # letterheads
    CSS_NOT_ALLOWED = "E520", "letter.css has a property, value or selector that a letter's look may not have"
    UNREADABLE_CSS = "E521", "letter.css cannot be read"
    UNREADABLE_WORDS = "E522", "words that nobody could read on the web page: too pale, too small, or not there"
    STYLE_CHANGES_WORDS = "E523", "a style of styles.docx hides or changes words"
    UNFIT_STYLE = "E524", "a style of styles.docx has a number that no letter can have"
    TOO_LARGE_PICTURE = "E525", "a picture has more pixels than any paper needs"
    FORBIDDEN_DRAWING = "E526", "a drawing (SVG) holds something that may not be in a letter"
    LOOKS_DIFFER = "E527", "a style of a letterhead does not look the same in Word and in the PDF"
    LOOKS_DIFFER_BUILT = "W527", "the same, said by a build: the letters are made"

    # files that are no longer made
    NOT_MOVED_ASIDE = "E540", "`letters clean` cannot move a file aside"

    # the reading of outcome.yaml and recipient.yaml
    SCHEMA_NOT_READ = "E560", "outcome.yaml has something that is not read, so that its answers would not be known"
    ANSWERS_UNCLEAR = "E561", "the answers of a field cannot be told apart, or there are none"
    NO_SUCH_FIELD = (
        "E562",
        "a rule of outcome.yaml, or a group of the overview, names a field or an answer that there is not",
    )
    RULE_APART = "E563", "a rule of outcome.yaml stands where nobody is told what is wrong"
    TYPE_WITHOUT_OUTCOME = "E564", "a letter type has no outcome, so that no letter was proved"

    # English and Welsh
    NOT_READY_IN_WELSH = "E600", "a letter is ready, and its Welsh is not up to date with its English"
    STALE_WELSH = "W600", "Welsh words whose English was changed since they were made"
    MISSING_WELSH = "W601", "English words that have no Welsh"
    WITHOUT_ENGLISH = "W602", "Welsh words that do not say from which English they were made, or whose English is gone"
    OTHER_ORDER = "W603", "Welsh words that stand in another order or part than their English"
    OTHER_FACTS = "W604", "a template in one language asks for what that in the other does not"
    OWN_WORDS_IN_ONE_LANGUAGE = "E605", "what a letter says for itself is given in one of its languages only"
    BROKEN_LANGUAGES = "E606", "what letter.yaml says of languages does not go together"
    WELSH_NOT_USED = "W607", "something in Welsh of a letter type that is not in Welsh"
    ENGLISH_FACT = "E608", "a template in Welsh prints the English form of what has a Welsh one"
    MISSPELT_WELSH = "W609", "a word is not in the Welsh dictionary"
    SAID_OF_ANOTHER_OUTCOME = "W610", "Welsh words that are said of another outcome than their English"
    OTHER_FIGURES = "W611", "Welsh words whose figures are not those of their English"
    FREE_TEXT_IN_WELSH = "W612", "a template in Welsh prints words of the data that are written once, in English"
    NOT_WELSH = "W613", "words of a letter in Welsh that are not Welsh"
    OTHER_VALUES = "W618", "Welsh words that print other facts or phrases than their English"
    ONE_SAYS_NO = "W619", "of Welsh words and their English one says no, and the other does not"
