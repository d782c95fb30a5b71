"""The rules of English: sound sentences of official letters pass every one, and each fault is found where it is."""

from __future__ import annotations

import pytest

from letters.proof.language import slips, slips_of_piece
from letters.sentences import sentence_starts

#: Sentences as they stand in letters of inspectorates, councils and departments: none is a slip.
SOUND = """
We saw a review (e.g. the one in May) of your counter-corruption unit.
The plan covers staff, officers, volunteers etc. and others.
We met at 10.30 a.m. on Monday.
The meeting ended at 4 p.m. and we left.
We shall be there at 9 a.m. The visit ends on Friday.
This includes people who work for you, i.e. staff and officers.
See No. 5 in the list, and nos. 6 and 7.
St. Albans and St Helens have plans of their own.
Mr. Smith and Dr. Jones agreed with Mrs. Brown.
Mr Smith, Dr Jones and Prof Brown agreed.
J. Smith and A. N. Other signed it.
Sir J. Smith Q.C. has replied.
Acme Ltd. and Widgets Inc. have replied.
Acme Ltd., which sells systems, has replied.
The U.K. and the U.S. have signed.
The U.K. Government has replied.
This rose by 4.5 per cent, to £1,234.50 in all.
The rate was 92.5 in 2016 and 93.1 in 2017.
It was 1,234,567 at the time.
The report says: "The force … has improved."
The report says that "the force ... has improved ... since May".
The report says that "the force . . . has improved".
She said, "We agree."
He asked, "Why?" and we told him.
'Why?' he asked.
"Is that all?" she said.
The report, 'Shining a light on betrayal', is on our website.
We call this 'abuse of position for a sexual purpose'.
We found that they agreed ('in full'.)
This is grade A.
The force was given grade A. We were pleased.
Please choose option a.
Please choose option a or b.
Paragraphs a, b and c apply.
See paragraph a, which is new.
An MP asked us about an 18-month plan.
A European force and a one-off payment were mentioned.
An FOI request and an hour of work were needed.
He had had no notice of it.
We know that that was right.
They said that that plan had had no effect.
We gave her her report.
Work is to be carried on on Monday.
The figures came in in May.
What it is is a review of the plans.
By May may be too late.
In the meantime Will will reply.
We invest in in-house training.
It goes from one-to-one meetings to a face-to-face one.
iPad users were not asked.
eBay was one of the sites.
de Souza and others replied.
The officer was told. de Souza agreed.
Officers used tablets. iPads were bought for all.
gov.uk is where this is published.
You can find it at https://example.org/report.
You can find it at https://example.org/report
Please write to john.young@hmic.gsi.gov.uk
Please write to john.young@hmic.gsi.gov.uk, or telephone 020 3513 0500.
The address is www.example.org/a,b;c.
It is on the .gov.uk domain, in .docx and .pdf files.
One of these is new.
Each of these has been read.
None of those was ready.
Neither of these was included.
The reasons for this are set out below.
Those who do this are to be thanked.
If it were so, we would say so.
We act as if this were settled.
Were it not so, we would say so.
Should this have been found earlier, we would have said so.
Does it have an effect, and did he do so?
It was, as it were, a test.
We recommend that it have a plan, and that he do so at once.
Elements of this have started.
The forces that need it have asked.
Working with these has been a pleasure.
Including those is right.
The plan was included and these were sent to us.
The plans were included and this was helpful.
The force and, in particular, its chief officers have acted.
It may be so or, if not, it will be soon.
We ask for, and rely on, your help.
It is a, so far, small change.
This is what we are aware of.
These are matters which we had not heard of.
That is the problem we know of.
We will need to be informed of, and agree to, any change.
You need a plan of: people, places and money.
We ask you to do two things:
The Act reads as follows –
We asked for (a) a plan; (b) a budget.
We asked you to: (i) plan. (ii) act.
We ask you: 1. to plan, 2. to act.
See sections 5(2) and 6(1)(a), s. 7 and para. 8.
See fig. 3, p. 12 and pp. 14–16, vol. 2.
See R. v. Smith and Smith v. Jones.
Smith et al. found the same, and so did others (ibid.).
The cost is approx. 40 per cent, incl. tax.
It began in Jan. 2016 and ended on Sat. 5 May.
It is open 9.00 to 17.00.
The ratio is 3:1, and the time 10:30.
Yes. We agree.
No. We do not agree.
Agreed. Work is in hand.
Recommendation 1: Accepted.
Our reference: AB/12/2017
Date: 3 May 2017
As you know I am grateful, and I am sure that you are.
The report The State of Policing is on our website.
Her Majesty's Inspectorate is grateful.
HMICFRS will publish this; we at HMICFRS will tell you.
Was this right? We think so.
"Stop!" he said.
The force (and others) has or have plans and/or policies.
Its aim is to prevent, detect, etc.
Plans, policies, etc., were sent.
This, i.e., the plan, is sound.
It is sound (see the report, 2016, p. 4).
It is as it is … and will remain so.
He (the D.C.C.) agreed.
Insp. Brown, Sgt. Green and P.C. White were there.
Rt. Hon. Amber Rudd MP replied.
We will return in the autumn, i.e. in October or later.
He or she does so, and they do so too.
The force has (re)considered its plan(s).
It was 'sound', but late.
It was sound; however, it was late.
Kent's plans and Essex's were sound.
The forces' plans were sound.
The Commissioner has no no-claims bonus.
Acting Ch. Supt. Smith has replied.
""".strip().splitlines()

#: A text, the code of its one slip, and the words in which it is.
FAULTY = [
    ("It was done. . It was good.", "E401", ". ."),
    ("However. We found it.", "E401", "However."),
    ("We found the plan.. It was good.", "E401", ".."),
    ("We met them etc.. It was good.", "E401", ".."),
    ("It was found to be was.!", "E401", ".!"),
    ("It was was done.", "E402", "was was"),
    ("The the plan was done.", "E402", "The the"),
    ("We wrote to Kent Police Police in May.", "E402", "Police Police"),
    ("We work in in Kent.", "E402", "in in"),
    ("It was on on the list.", "E402", "on on"),
    ("It was  done.", "E403", "  "),
    ("It was done , and well.", "E404", " ,"),
    ("It was done .", "E404", " ."),
    ("It was done (well) , and fast.", "E404", " ,"),
    ("Was it done ?", "E404", " ?"),
    ("It was done", "E405", "e"),
    ("It was done 'well'", "E405", "l'"),
    ("It was done and.", "E406", "and."),
    ("We found evidence in your plans of.", "E406", "of."),
    ("We found the, in May.", "E406", "the,"),
    ("It was a.", "E406", "a."),
    ("It was done,, and well.", "E406", ",,"),
    ("These has been done.", "E407", "These has"),
    ("At the time of our review these has yet to start.", "E407", "these has"),
    ("At the time of our review this have yet to start.", "E407", "this have"),
    ("We was pleased.", "E407", "We was"),
    ("It were done.", "E407", "It were"),
    ("it was done.", "E408", "it"),
    ("It was done. the force agreed.", "E408", "the"),
    ("It was done in 2017. the force agreed.", "E408", "the"),
    ("HMICFRS agreed with HMICFRS. the force did not.", "E408", "the"),
    ("We told the force,work to plan.", "E419", ","),
    ("We told the force.The force agreed.", "E419", "."),
    ("We told them in 2017.The force agreed.", "E419", "."),
    ("We told the force;it agreed.", "E419", ";"),
    ("We ask for two things:plans and money.", "E419", ":"),
    ("He said,'we agree'.", "E419", ","),
    ("It was so in May,2017.", "E419", ","),
    ("Was it so?We think so.", "E419", "?"),
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_english_is_no_slip(text: str) -> None:
    assert slips(text) == []


@pytest.mark.parametrize("text", SOUND)
def test_sound_english_is_none_between_other_sentences(text: str) -> None:
    said = slips(f"We saw it. {text.rstrip(':–')}" if text[0].isupper() else text, ends=False)
    assert said == []


@pytest.mark.parametrize(("text", "code", "words"), FAULTY)
def test_a_fault_is_one_slip_where_it_is(text: str, code: str, words: str) -> None:
    found = slips(text)
    assert [slip.code for slip in found] == [code]
    assert text[found[0].at : found[0].end].startswith(words)
    assert found[0].hint


@pytest.mark.parametrize("text", ["improvements to the the systems", "to plan , and to act", "the plans,their"])
def test_pieces_of_sentences_are_read_too(text: str) -> None:
    assert len(slips_of_piece(text)) == 1


@pytest.mark.parametrize(
    "text", ["to plan; and", "Plan", "a review of the unit", "1,234", "Work with the force", "and the rest"]
)
def test_a_piece_need_not_be_a_sentence(text: str) -> None:
    assert slips_of_piece(text) == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We met Mr. Smith. He agreed.", 2),
        ("It was 10.30 a.m. on Monday. We left.", 2),
        ("It was 10.30 a.m. We left.", 2),
        ("Plans, policies etc. The rest followed.", 2),
        ("J. Smith and the U.K. Government replied. So did we.", 2),
        ("See No. 5. That is all.", 2),
        ('"We agree." The force agreed.', 2),
        ("Is it so? It is! 'Good.' All is well.", 4),
        ("The answer is no. We asked again.", 2),
    ],
)
def test_where_sentences_begin(text: str, sentences: int) -> None:
    assert len(sentence_starts(text)) + 1 == sentences
