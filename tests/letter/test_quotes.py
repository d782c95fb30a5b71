"""Quotation marks turn as British English wants them, whatever stands around them; addresses and measures stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.letter import Paragraph, Part, Run, normalise, plain
from letters.letter.quotes import smart_quotes
from letters.letter.typography import Typographer

#: As typed, and as set.
SET = (
    ("The class of '17 and that of '04.", "The class of ’17 and that of ’04."),
    ("These are non-'crime' matters.", "These are non-‘crime’ matters."),
    ('"We will –" he began.', "“We will –” he began."),
    ("Write to aoife.o'neil@example.org.", "Write to aoife.o'neil@example.org."),
    ("'abuse of authority'", "‘abuse of authority’"),
    ("Chiefs' Council's", "Chiefs’ Council’s"),
    ("'c','d'", "‘c’,‘d’"),
    ("grades 'm','s','t','d','ll','re' and 've'", "grades ‘m’,‘s’,‘t’,‘d’,‘ll’,‘re’ and ‘ve’"),
    ("'s';'t':'d'", "‘s’;‘t’:‘d’"),
    ("the letter 's', and Yahoo!'s", "the letter ‘s’, and Yahoo!’s"),
    ("(MPS)'s and Kent plc.'s", "(MPS)’s and Kent plc.’s"),
    ('"c","d"', "“c”,“d”"),
    ('"Yes," she said', "“Yes,” she said"),
    ("('so')", "(‘so’)"),
    ("the '90s and 'tis", "the ’90s and ’tis"),
    ("\"'Inside,' he said\"", "“‘Inside,’ he said”"),
    ("rock 'n' roll", "rock ’n’ roll"),
    ("get 'em", "get ’em"),
    ("6' 2\" tall", "6' 2\" tall"),
    ("a 5'10\" man", "a 5'10\" man"),
    ('a 12" ruler', 'a 12" ruler'),
    ('The screen is 24".', 'The screen is 24".'),
    ('""', "“”"),
    ("an empty '' here", "an empty ‘’ here"),
    ('("")', "(“”)"),
    ('"...and so on"', "“...and so on”"),
    ('"…and so on"', "“…and so on”"),
    ('he said: "yes"', "he said: “yes”"),
    ('he said:"yes"', "he said:“yes”"),
    ('said"yes"', "said“yes”"),
    ('"Yes"he said', "“Yes”he said"),
    ('"Yes"–"no"', "“Yes”–“no”"),
    ("'Yes'/'No'", "‘Yes’/‘No’"),
    ('"Yes"/"No"', "“Yes”/“No”"),
    ("the (CCU)'s view", "the (CCU)’s view"),
    ('the "Board"\'s view', "the “Board”’s view"),
    ("\"It's the 'Board's' view\"", "“It’s the ‘Board’s’ view”"),
    ("'17/'18", "’17/’18"),
    ("'17–'18", "’17–’18"),
    ("mid-'90s", "mid-’90s"),
    ("'43 forces have improved'", "‘43 forces have improved’"),
    ("In '17 the forces' plans were poor.", "In ’17 the forces’ plans were poor."),
    ("'the class of '17 did well'", "‘the class of ’17 did well’"),
    ("the 'phone rang", "the ’phone rang"),
    ("the 'phone calls' were", "the ‘phone calls’ were"),
    ('"?" and "!"', "“?” and “!”"),
    ('"–"', "“–”"),
    ('word—"quoted"—word', "word—“quoted”—word"),
    ('"We will—" he began', "“We will—” he began"),
    ("'pre-' and 'post-' phases", "‘pre-’ and ‘post-’ phases"),
    ("(£'000)", "(£’000)"),
    ("51° 30' 26\" N", "51° 30' 26\" N"),
    ("https://example.org/o'neil/x", "https://example.org/o'neil/x"),
    ("'https://example.org/'", "‘https://example.org/’"),
    ('see "www.example.org".', "see “www.example.org”."),
    ("www.example.org's page", "www.example.org’s page"),
    ("(see example.org/o'neil's)", "(see example.org/o'neil's)"),
    ("'o'neil@example.org'", "‘o'neil@example.org’"),
    ("o'neil@example.org's", "o'neil@example.org’s"),
    ("C:\\Users\\O'Neil\\x.docx", "C:\\Users\\O'Neil\\x.docx"),
    ("\\\\server\\O'Neil\\x", "\\\\server\\O'Neil\\x"),
    ("open o'neil.pdf, then", "open o'neil.pdf, then"),
    ("/home/o'neil/x", "/home/o'neil/x"),
    ("'-5' degrees", "‘-5’ degrees"),
    ('"-5" degrees', "“-5” degrees"),
    ("Gerard 't Hooft", "Gerard ’t Hooft"),
    ("'He found 43' she said", "‘He found 43’ she said"),
    ('"He found 43" she said', "“He found 43” she said"),
    ("'South Wales Police is absolutely", "‘South Wales Police is absolutely"),
    ("report concerns anonymously.'", "report concerns anonymously.’"),
    ("in 2016'", "in 2016’"),
    ("the 1980s' music", "the 1980s’ music"),
    ("the '90s' music", "the ’90s’ music"),
    ("'2016'", "‘2016’"),
    ("'16-17 year olds'", "‘16-17 year olds’"),
    ("\"Is it 'abuse'?\"", "“Is it ‘abuse’?”"),
    ("\"'Abuse'\"", "“‘Abuse’”"),
    ("'\"Abuse\"'", "‘“Abuse”’"),
    ("He asked: 'Why?'", "He asked: ‘Why?’"),
    ("'Yes,' he said, 'it is.'", "‘Yes,’ he said, ‘it is.’"),
    ("[\"x\"] {'y'}", "[“x”] {‘y’}"),
    ("“already” ‘set’ o’clock", "“already” ‘set’ o’clock"),
    ("\"Abuse of position\"; 'gain'", "“Abuse of position”; ‘gain’"),
    ('"I\'m," he said, "\'fraid so."', "“I’m,” he said, “’fraid so.”"),
    ("O'Brien d'Arcy", "O’Brien d’Arcy"),
    ("'twas 'Twas 'TIS", "’twas ’Twas ’TIS"),
    ("fish-'n'-chips", "fish-’n’-chips"),
    ("fish 'n chips", "fish ’n chips"),
    ('" spaced "', "“ spaced ”"),
    ("section '4(2)' applies", "section ‘4(2)’ applies"),
    ('a "£5m" fund', "a “£5m” fund"),
    ("e.g.'x'", "e.g.‘x’"),
    ('"Dear Sir" (sic)', "“Dear Sir” (sic)"),
    ('(the "Act")', "(the “Act”)"),
    ('"the "Act""', "“the “Act””"),
    ("forces', boards' and PCCs' plans", "forces’, boards’ and PCCs’ plans"),
    ("'forces' plans'", "‘forces’ plans’"),
    ("goin' on", "goin’ on"),
    ("five o'clock", "five o’clock"),
    ('"10-12"', "“10-12”"),
    ("10' by 12'", "10' by 12'"),
    ('x="y"', "x=“y”"),
    ("mailto:o'neil@x.org", "mailto:o'neil@x.org"),
    ("see:o'neil@x.org,d'arcy@y.org", "see:o'neil@x.org,d'arcy@y.org"),
    ("<o'neil@x.org>", "<o'neil@x.org>"),
    ('"o\'neil@x.org"', "“o'neil@x.org”"),
    ("summer '16", "summer ’16"),
    ("May '16, June '17", "May ’16, June ’17"),
    ("'Tis the season", "’Tis the season"),
    ("the summer of '69's heat", "the summer of ’69’s heat"),
    ('"90s" music', "“90s” music"),
    ("a 'can-do' attitude", "a ‘can-do’ attitude"),
    ('‘"nested straight"’', "‘“nested straight”’"),
    ("– 'quoted' –", "– ‘quoted’ –"),
    ("–'quoted'–", "–‘quoted’–"),
    ("well-'meant'", "well-‘meant’"),
    ("'A', 'B' and 'C'", "‘A’, ‘B’ and ‘C’"),
    ("\"A\"—'B'", "“A”—‘B’"),
    ("it's 'its', isn't it", "it’s ‘its’, isn’t it"),
    ('\'"Why," he asked, "\'fess up?"\'', "‘“Why,” he asked, “‘fess up?”’"),
    ("no one's 'business'.", "no one’s ‘business’."),
    ("https://x.org/?q='a'&b=1", "https://x.org/?q='a'&b=1"),
    ("and/or 'both'", "and/or ‘both’"),
    ("either/'or'", "either/‘or’"),
    ("'I', 'we'", "‘I’, ‘we’"),
    ("'cause' and effect", "‘cause’ and effect"),
    ("until '18.", "until ’18."),
    ("(class of '92)", "(class of ’92)"),
    ('"class of \'92"', "“class of ’92”"),
    ("'class of '92'", "‘class of ’92’"),
    ("'em' dash", "‘em’ dash"),
    ("In '17, '18 and '19 the forces' plans", "In ’17, ’18 and ’19 the forces’ plans"),
    ("'tis' is a word", "‘tis’ is a word"),
    ("I said 'til then", "I said ’til then"),
    ("'We will -' he began.", "‘We will -’ he began."),
    ("in the '90s, '80s and '70s", "in the ’90s, ’80s and ’70s"),
    ("FY '17/18", "FY ’17/18"),
    ('the "\'90s"', "the “’90s”"),
    ("'a'/'b'/'c'", "‘a’/‘b’/‘c’"),
    ("two 'A's", "two ‘A’s"),
    ("p's and q's", "p’s and q’s"),
    ("('[so]')", "(‘[so]’)"),
    ("the force's (and others') plans", "the force’s (and others’) plans"),
    ('"Abuse of power"-type behaviour', "“Abuse of power”-type behaviour"),
    ("non-'crime'-related", "non-‘crime’-related"),
    ("the 1990s' and '00s' music", "the 1990s’ and ’00s’ music"),
    ("Pick 'n' mix; 'pick 'n' mix'", "Pick ’n’ mix; ‘pick ’n’ mix’"),
    ("the 'cello and the 'flu", "the ’cello and the ’flu"),
    ("the 'flu' and the 'bus lane'", "the ‘flu’ and the ‘bus lane’"),
    ('5½" by 7"', '5½" by 7"'),
    ('a 3"x4" photograph', 'a 3"x4" photograph'),
    ("(https://x.org/a_(b)'c)", "(https://x.org/a_(b)'c)"),
    ("see 'https://x.org/a'.", "see ‘https://x.org/a’."),
    ('Quote."2', "Quote.”2"),
    ("St James' and St James's", "St James’ and St James’s"),
)

ADDRESSES = (
    "aoife.o'neil@example.org",
    "https://www.example.org/o'neil/it's?q='x'&y=1#o'b",
    "example.org/d'arcy's-report",
    "C:\\Users\\O'Neil\\letter.docx",
    "\\\\server\\O'Neil\\letter.docx",
    "/home/o'neil/letter.docx",
    "o'neil's.pdf",
)
#: Mostly of what stands around quotation marks, and decides which way they turn.
texts = st.text(st.sampled_from("'\"'\"‘’“” aAs1790.,;:!?…()[]–—-/£½°x@\\nt"), max_size=40)
words = st.lists(
    st.sampled_from(
        ("'17", "'90s", "'tis", "'n'", '"so"', "'so'", "forces'", '6"', "6'", "(", ")", "–", "it's", *ADDRESSES)
    ),
    max_size=8,
).map(" ".join)


@pytest.mark.parametrize(("typed", "wanted"), SET)
def test_every_mark_turns_the_way_it_should(typed: str, wanted: str) -> None:
    assert smart_quotes(typed) == wanted


@given(st.one_of(texts, words))
def test_turning_marks_changes_no_word_and_is_done_once(text: str) -> None:
    turned = smart_quotes(text)
    assert normalise(turned) == normalise(text)
    assert len(turned) == len(text)
    assert smart_quotes(turned) == turned


@given(st.sampled_from(ADDRESSES), texts.filter(lambda text: "'" in text or '"' in text), texts)
def test_an_address_stays_as_typed(address: str, before: str, after: str) -> None:
    assert address in smart_quotes(f"{before} {address} {after}")


@given(st.lists(texts, min_size=1, max_size=4))
def test_marks_turn_the_same_wherever_emphasis_begins(pieces: list[str]) -> None:
    runs = tuple(Run(piece, italic=number % 2 == 1) for number, piece in enumerate(pieces))
    (block,) = Typographer().part(Part("body", (Paragraph(runs),))).blocks
    assert isinstance(block, Paragraph)
    assert normalise(plain(block.runs)) == normalise("".join(pieces))
    assert re.sub("\u00a0", " ", plain(block.runs)) == smart_quotes("".join(pieces)).replace("\u00a0", " ")
    assert [run.italic for run in block.runs] == [run.italic for run in runs]
