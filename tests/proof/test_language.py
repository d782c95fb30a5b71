"""The rules of English: sound sentences of official letters pass every one, and each fault is found where it is."""

from __future__ import annotations

import pytest

from letters.letter.sentences import sentence_starts
from letters.proof.english_rules import findings, findings_in_piece

#: Sentences as they stand in letters of inspectorates, councils and departments: none is a finding.
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
a. to plan
b. to act
a. The force's plans
a) the plans; and
(ii) the plans of the force
We ask you: a. to plan, b. to act.
We ask you to do this; a. plan, b. act.
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
The Act prohibits the exercise of, or is conditioned on, these rights.
It is the force you are acting on behalf of, and no other.
The range is 0..255 in all.
Section 26(1) of the Counter-Terrorism and Security Act 2015 (c. 6) imposes a duty on you.
See R (on the application of Miller) v Secretary of State [2017] UKSC 5, at para. 42 et seq.
The budget is £1.2m, i.e. 3.5% more than in 2016/17 (£1.16m).
I enclose a copy of our report (Cm. 9501) for your information.
We spoke to the Ch. Constable, the D.C.C. and two A.C.C.s on 3 May.
The unit is open 24/7; it handles, inter alia, fraud, vetting, etc.
It is for you, not us, to decide.
This, in turn, means that those who have had contact with the unit are aware of it.
He said that he had "had enough".
The force told us: "We do, we really do."
That is what this is.
All that this does is to move the date.
It is this that has changed, and it is they who have acted.
What these are is not clear.
The question of whether it has or has not is for others.
Any work that it has done, or will do, is welcome.
You asked whether we have, or had, a view on this.
The report covers the 12 months to 31 March 2017. 2016 figures are in brackets.
In 2016, 23 forces; in 2017, 31.
Vetting: 12 of 43 forces. Training: 8.
There were 3, 5 and 7 of these in Q1, Q2 and Q3 respectively.
Go to Annex A, Table 2.1, row (iv).
Please see www.gov.uk/guidance, or email hmicfrs@hmicfrs.gsi.gov.uk.
Please reply to A. Smith, c/o the Home Office, 2 Marsham St., London.
The T.&C.s apply.
My office (tel. 020 7035 4848) will help.
We're grateful, and it's clear that they've tried; don't stop.
O'Brien's and d'Souza's reports agree.
He has been an officer since 1 Jan. 1999.
One officer – the sergeant – was there.
One officer—the sergeant—was there.
The rank of Detective Inspector (D.I.) was held by Ms. Jones.
Forces such as Kent, Essex, et al. have done so.
The plans were fit for purpose, albeit late.
Was it fit? If so, when? By whom?
We recommend (1) that it be done; and (2) that it be reported.
"We will act," he wrote, "and we will report."
It was rated 'good'. 'Outstanding' was not given.
Some of this was new. Much of it has been done.
They, too, have plans.
This they have done.
All this has changed.
None of this has.
I am, of course, aware of this.
Those were the days; these are not.
In all of these were found the same faults.
The ones who had those have returned them.
What we do is set out below.
How he does it is up to him.
It does what it has to do.
Officers must not do this or that.
Let us do it.
I hope it does.
As it was then, so it is now.
Neither he nor she has replied.
If he were to reply, we would publish it.
Whatever it were to cost, it must be done.
Only if this were done would it help.
We ask that this be done.
We suggest they be told.
The more they have, the more they do.
The AIDS and HIV policies were good.
Not all of those that were asked have replied, but those who have were helpful.
You have, we believe, a good plan. We, therefore, have no concerns.
The matter is sub judice, and no more can be said of it.
e.g. is an abbreviation.
Our ref: HMI/17/045 Your ref: KP-2231
The I.T. system's down-time was 3 hrs. per month.
The plan (see above) is in place; the rest isn't.
Its "can-do" attitude is one to be proud of.
This is the area you asked us to look at, and the unit we were told of.
The data are sound, and this data is too.
Police Scotland, the PSNI, the BTP, the MoD Police and the CNC were not inspected.
The Force's No. 1 priority is safeguarding.
It's No. 1.
The vote was: yes 12, no 3.
We noted the following: a, b, and c.
Please find attached: 1) the report, 2) the plan.
We asked about: (a) vetting, (b) training and (c) supervision.
Points a. and b. are met.
He is a Ph.D. student at U.C.L. in London.
At 10 a.m., 2 p.m. and 4 p.m. we met staff.
At noon, i.e. 12 p.m., we left.
The Hon. Mr. Justice Smith gave judgment.
Sgt. O'Neil and P.C. 1234 Brown attended.
Ms A. B. Clarke-Jones, B.A. (Hons.), LL.B., has been appointed.
A sum of £10.50 is due.
The figure fell from 10.5 to 9.25 per cent.
From Sept. to Nov. the unit had no head.
In Sept. the unit had no head.
Paras. 3–5 refer.
Fig. 3 shows this.
No. 10 has replied.
Nos. 10 and 11 have replied.
'No,' he said, 'we did not.'
"Is it?" "It is."
He replied: 'I do not know.' This was noted.
The question "Who?" was asked.
'What is to be done?' we asked.
Yahoo! is a company.
We were pleased (very!) with it.
It was (we think) right.
The police(s) and officer(s) named in section 3(1)(a) and (b) agree.
The force(s)' plans, judg(e)ment and acknowledg(e)ment were (re)considered by (s)he who (un)knowingly did so.
(Re)considering it was right. (S)he agreed.
Article 4(2)bis, section 5(1)(a)ii and rule 7(2)ter apply.
The force/forces, and/or their staff, have done so (see www.x.uk).
J.R.R. Tolkien met A.N. Other at 3.30pm on 1st May and at 5pm.
The BSc(Hons) and MA(Oxon) were awarded.
It uses a 3D model, a 4x4, £5m, £10bn, 24-hour cover and 12-month plans.
The 1990s, the 43 forces' plans and the 5Ws are known.
See A&E, R&D and Q&A.
The file is report.pdf, the site gov.uk, and Node.js is used.
He said "we agree", and she said "(we) do not".
The plan "works" (and "will work"), they say.
It is 6' 2" high and 5" wide.
The room is 3in wide, 20m long and 5ft high.
See paragraph 3(a)-(c), Form 5(a)s and table 2(b).
The officer(s), PCC(s) and member(s) were there.
The ratio is 3:1; see Gen 3:16, [2017] EWCA Civ 12 and (2016) 2 Cr App R 1.
We refer to R (Miller) v SoS [2017] UKSC 5, [2018] AC 61.
Its area code is 020 and its ID is AB:12,34.
Its staff (c. 400) and officers (approx. 1,200) agree (100% of them).
We asked how (if at all), when (or if) and why.
See the "i.e." and the "e.g." in it.
The (then) Chief Constable, the (now retired) Inspector and the (Acting) Chief agreed.
[We] agree that [it] is so [emphasis added].
Is it (a) one plan, or (b) several?
Mr. O'Neill's (and Mrs. Brown's) force(s) agree.
Again and again and again it was done.
""".strip().splitlines()

#: A text, the code of its one finding, and the words in which it is.
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
    ("It was a. It was good.", "E406", "a."),
    ("a.", "E406", "a."),
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
    ("We did it (see annex)and left.", "E419", ")"),
    ("We did it ( see annex) and left.", "E404", "("),
    ("We did it (see annex ) and left.", "E404", " )"),
    ("We saw it, e.g.on Monday.", "E419", "."),
    ("We saw it, i.e.the plan.", "E419", "."),
    ("We saw it, i.e.,we left.", "E419", ","),
    ("It was work ,and more.", "E404", " ,"),
    ("That was the end.The plan is new.", "E419", "."),
    ("That was the end.the plan is new.", "E419", "."),
    ("We came (twice).The plan is new.", "E419", "."),
    ("In 2016the plan was new.", "E419", "2016"),
    ("It was so in section 7(2)and in section 8.", "E419", ")"),
    ("It was so in section 3(1)(a)of the Act.", "E419", ")"),
    ("The officer(s)and staff agreed.", "E419", ")"),
    ("We asked for (a)the plan, (b) the budget.", "E419", ")"),
    ("We asked (ii)two things.", "E419", ")"),
    ("We did the plan(see annex) and left.", "E419", "("),
    ("We saw the report(2016) and left.", "E419", "("),
    ("We saw the plan (2016),and left.", "E419", ","),
    ("HMICFRS,the inspectorate, agreed.", "E419", ","),
    ("It is 40%of all.", "E419", "%"),
    ("It was so on 16May 2017.", "E419", "16"),
    ("It was so on 16 May2017.", "E419", "May"),
    ("It took 6months to do.", "E419", "6"),
    ("There are 43forces in all.", "E419", "43"),
    ('It was "good"and new.', "E419", '"'),
    ('They said"it is good" and left.', "E419", '"'),
    ("The NPCC (Chiefs)and others agreed.", "E419", ")"),
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_english_is_no_finding(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize("text", SOUND)
def test_sound_english_is_none_between_other_sentences(text: str) -> None:
    said = findings(f"We saw it. {text.rstrip(':–')}" if text[0].isupper() else text, ends=False)
    assert said == []


@pytest.mark.parametrize(("text", "code", "words"), FAULTY)
def test_a_fault_is_one_finding_where_it_is(text: str, code: str, words: str) -> None:
    found = findings(text)
    assert [finding.code for finding in found] == [code]
    assert text[found[0].at : found[0].end].startswith(words)
    assert found[0].hint


@pytest.mark.parametrize("text", ["improvements to the the systems", "to plan , and to act", "the plans,their"])
def test_pieces_of_sentences_are_read_too(text: str) -> None:
    assert len(findings_in_piece(text)) == 1


@pytest.mark.parametrize(
    "text", ["to plan; and", "Plan", "a review of the unit", "1,234", "Work with the force", "and the rest"]
)
def test_a_piece_need_not_be_a_sentence(text: str) -> None:
    assert findings_in_piece(text) == []


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
