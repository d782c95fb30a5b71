"""What an edit is told to change: each in its own kind, from its own cause, and nothing of it in any other kind.

Real letters, built, edited, compared as the files are, built again and reviewed with their pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Workspace, copy_workspace
from support.reviewing import (
    CSS,
    KENT,
    LETTER,
    LETTER_YAML,
    LETTERHEAD,
    VERDICT,
    WORDING,
    Edit,
    appended,
    ask,
    build,
    copy,
    diff,
    edits,
    everywhere,
    moved,
    renamed,
    review,
    swap,
    told,
)

pytestmark = pytest.mark.slow

SOUTH_WALES, THAMES_VALLEY = "forces/south-wales.yaml", "forces/thames-valley.yaml"
COMMISSIONER = "templates/letterheads/pcc-south-wales/letterhead.md"
LINK = "https://example.org/hmicfrs"
PUBLISHED = f"""\
This letter will be published on the [HMICFRS website]({LINK}), alongside a national overview report. \
We will be returning to your
force to assess implementation of your plans during a subsequent inspection.

"""
IN_KENT = "    stage: specimen "


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three forces and four letters, some with a link or headings, built and reviewed; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("reviewed") / "workspace")
    workspace.keep_forces("kent", "south-wales", "thames-valley")
    workspace.replace(LETTER, "HMICFRS website, alongside", f"[HMICFRS website]({LINK}), alongside")
    workspace.replace(SOUTH_WALES, "    body: |\n", "    body: |\n      ## The report\n\n")
    workspace.replace(SOUTH_WALES, "      My team and I", "      ### My team\n\n      My team and I")
    assert build(workspace).status == 0
    assert ask(workspace, "review", "--done").status == 0
    return workspace


@dataclass(frozen=True)
class Case:
    """An edit, and each group of changes that it must give, with its causes.

    `pages`: whether it is built and its pages are looked at, too; `layout`: how each group that only they show begins.
    """

    name: str
    edit: Edit
    groups: str = ""
    layout: tuple[str, ...] = ()
    pages: bool = True

    @property
    def expected(self) -> list[str]:
        return [" ".join(group.split()) for group in self.groups.split("•")[1:]]


CASES: list[Case] = [
    # -- one force's file
    Case(
        "a force has another name",
        swap(KENT, "name: Kent Police", "name: Kent Constabulary"),
        """
           • words: addressee: [-Kent Police-]{+Kent Constabulary+} (kent) ← forces/kent.yaml (name): name:
             Kent Constabulary
        """,
    ),
    Case(
        "a force's file has another name",
        renamed(KENT, "forces/kent-x.yaml"),
        """
           • hidden facts: file name: [-kent-]{+kent-x+} (kent-x) ← forces/kent-x.yaml
        """,
    ),
    Case(
        "a force's file has another name and another finding",
        edits(
            renamed(KENT, "forces/kent-x.yaml"),
            swap("forces/kent-x.yaml", "it_monitoring: not_provided", "it_monitoring: started"),
        ),
        """
           • words: body: [-your progress in developing your IT systems' monitoring capability or
             -]…{+Improvements to your IT systems' monitoring capability were included and these had already
             started at the time of our review. +}…{+however +} (kent-x) ← forces/kent-x.yaml
             (it_monitoring): it_monitoring: started
           • hidden facts: file name: [-kent-]{+kent-x+} (kent-x) ← forces/kent-x.yaml
        """,
        pages=False,
    ),
    Case(
        "a force and its file have other names",
        edits(swap(KENT, "name: Kent Police", "name: Kent Constabulary"), renamed(KENT, "forces/kent-x.yaml")),
        """
           • words: addressee: [-Kent Police-]{+Kent Constabulary+} (kent-x) ← forces/kent-x.yaml (name):
             name: Kent Constabulary
           • hidden facts: file name: [-kent-]{+kent-x+} (kent-x) ← forces/kent-x.yaml
        """,
        pages=False,
    ),
    Case(
        "a date of one letter's own",
        swap(KENT, IN_KENT, f"    date: 2017-11-14\n{IN_KENT}"),
        """
           • words: date: [-2 October 2017-]{+14 November 2017+} (kent) ← forces/kent.yaml (date): date:
             2017-11-14
        """,
    ),
    Case(
        "a salutation of one letter's own",
        swap(KENT, IN_KENT, f"    salutation: Chief Constable Pughsley\n{IN_KENT}"),
        """
           • words: salutation: {+ Pughsley+} (kent) ← forces/kent.yaml (salutation): salutation: Chief
             Constable Pughsley
        """,
        pages=False,
    ),
    Case(
        "others to copy one letter to",
        swap(KENT, IN_KENT, f"    copied_to: [Matthew Scott, The Home Office]\n{IN_KENT}"),
        """
           • words: copied to: [-Police and Crime Commissioner-]{+Matthew Scott+} | {+The Home Office+} (kent)
             ← forces/kent.yaml (copied_to): copied_to: [Matthew Scott, The Home Offi
        """,
        pages=False,
    ),
    Case(
        "a chief officer's name",
        swap(KENT, "{rank: Chief Constable}", "{rank: Chief Constable, name: Alan Pughsley QPM}"),
        """
           • words: addressee: {+ Alan Pughsley QPM+} (kent) ← forces/kent.yaml (chief_officer.name):
             chief_officer: {rank: Chief Constable, n
        """,
    ),
    Case(
        "a chief officer's rank and name",
        swap(KENT, "{rank: Chief Constable}", "{rank: Commissioner, name: Alan Pughsley}"),
        """
           • words: addressee: [-Chief Constable-]{+Commissioner Alan Pughsley+} (kent) ← forces/kent.yaml
             (chief_officer.rank): chief_officer: {rank: Commissioner, name ← forces/kent.yaml
             (chief_officer.name): chief_officer: {rank: Commissioner, name
           • words: salutation: [-Chief Constable-]{+Commissioner+} (kent) ← forces/kent.yaml
             (chief_officer.rank): chief_officer: {rank: Commissioner, name
        """,
        pages=False,
    ),
    Case(
        "a specimen gets ready",
        swap(KENT, "stage: specimen ", "stage: ready "),
        """
           • stage: specimen → ready: [-specimen-]{+ready+} (kent) ← forces/kent.yaml (stage): stage: ready #
             invented: not
        """,
    ),
    Case(
        "a specimen becomes a draft",
        swap(KENT, "stage: specimen ", "stage: draft "),
        """
           • stage: specimen → draft: [-specimen-]{+draft+} (kent) ← forces/kent.yaml (stage): stage: draft #
             invented: not
        """,
        pages=False,
    ),
    Case(
        "a letter is a draft again",
        swap(THAMES_VALLEY, "stage: ready", "stage: draft"),
        """
           • stage: ready → draft: [-ready-]{+draft+} (thames-valley) ← forces/thames-valley.yaml (stage):
             stage: draft
        """,
        pages=False,
    ),
    Case(
        "a letter is a draft again, and its force has another name",
        edits(
            swap(THAMES_VALLEY, "stage: ready", "stage: draft"),
            swap(THAMES_VALLEY, "name: Thames Valley Police", "name: Thames Police"),
        ),
        """
           • stage: ready → draft: [-ready-]{+draft+} (thames-valley) ← forces/thames-valley.yaml (stage):
             stage: draft
           • words: addressee: [-Thames Valley Police-]{+Thames Police+} (thames-valley) ←
             forces/thames-valley.yaml (name): name: Thames Police
        """,
        pages=False,
    ),
    Case(
        "a finding",
        swap(KENT, "it_monitoring: not_provided", "it_monitoring: started"),
        """
           • words: body: [-your progress in developing your IT systems' monitoring capability or
             -]…{+Improvements to your IT systems' monitoring capability were included and these had already
             started at the time of our review. +}…{+however +} (kent) ← forces/kent.yaml (it_monitoring):
             it_monitoring: started
        """,
    ),
    Case(
        "two findings of one force",
        edits(
            swap(KENT, "it_monitoring: not_provided", "it_monitoring: started"),
            swap(KENT, "national_strategy: reflected", "national_strategy: not_reflected"),
        ),
        """
           • words: body: [-reflected-]{+did not reflect+}…[-However no-]{+No+}…[-your progress in developing
             your IT systems' monitoring capability or -]…{+Improvements to your IT systems' monitoring
             capability were included and these had already started at the time of our review. +}…{+however
             +} (kent) ← forces/kent.yaml (national_strategy): national_strategy: not_reflected ←
             forces/kent.yaml (it_monitoring): it_monitoring: started
        """,
        pages=False,
    ),
    Case(
        "two forces with the same other finding",
        edits(
            *(
                swap(path, "national_strategy: reflected", "national_strategy: partly_reflected")
                for path in (KENT, THAMES_VALLEY)
            )
        ),
        """
           • words: body: [-reflected-]{+did not fully reflect+}…[-However no-]{+No+} (kent, thames-valley) ←
             forces/kent.yaml (national_strategy): national_strategy: partly_reflected ←
             forces/thames-valley.yaml (national_strategy): national_strategy: partly_reflected
        """,
    ),
    Case(
        "a departure more",
        swap(
            KENT,
            IN_KENT,
            f"    changed_wording: {{it_monitoring.progress: your progress in buying IT systems}}\n{IN_KENT}",
        ),
        """
           • words: body: [-developing your IT systems' monitoring capability-]{+buying IT systems+} (kent) ←
             forces/kent.yaml (changed_wording.it_monitoring.progress): changed_wording:
             {it_monitoring.progress
        """,
        pages=False,
    ),
    Case(
        "a departure less",
        lambda workspace: workspace.write(
            THAMES_VALLEY, workspace.read(THAMES_VALLEY).partition("    changed_wording:")[0]
        ),
        """
           • words: body: [-deploying-]{+developing your+} (thames-valley) ← forces/thames-valley.yaml
             (changed_wording.it_monitoring.progress): abuse-of-position-2017:
        """,
    ),
    Case(
        "another departure",
        swap(THAMES_VALLEY, "in deploying IT systems'", "in deploying your IT systems'"),
        """
           • words: body: {+your +} (thames-valley) ← forces/thames-valley.yaml
             (changed_wording.it_monitoring.progress): it_monitoring.progress: your progress in
        """,
        pages=False,
    ),
    Case(
        "a sentence of one letter's own",
        swap(KENT, IN_KENT, f"    added_sentences: [We expect to hear from you by the end of the year.]\n{IN_KENT}"),
        """
           • words: body: {+ We expect to hear from you by the end of the year.+} (kent) ← forces/kent.yaml
             (added_sentences): added_sentences: [We expect to hear from
        """,
    ),
    Case(
        "an outcome is awaited",
        swap(KENT, "stage: specimen ", "stage: awaited "),
        """
           • whole letter: letter removed (kent) ← forces/kent.yaml (abuse-of-position-2017):
             abuse-of-position-2017:
        """,
    ),
    Case(
        "a force goes",
        lambda workspace: workspace.path(KENT).unlink(),
        """
           • whole letter: letter removed (kent) ← forces/kent.yaml
        """,
    ),
    Case(
        "a force comes",
        lambda workspace: workspace.write("forces/essex.yaml", workspace.read(KENT).replace("Kent", "Essex")),
        """
           • whole letter: letter added (essex) ← forces/essex.yaml (abuse-of-position-2017):
             abuse-of-position-2017:
        """,
    ),
    Case(
        "a commissioner's own words",
        swap(SOUTH_WALES, "a very shocking and difficult subject", "a shocking subject"),
        """
           • words: body: [-very -]…[-and difficult -] (south-wales (2019)) ← forces/south-wales.yaml (body):
             body: |
        """,
        pages=False,
    ),
    Case(
        "a commissioner's recipient",
        swap(SOUTH_WALES, "    body: |", "    recipient: [Rt Hon Priti Patel MP, Home Secretary]\n    body: |"),
        """
           • words: addressee: {+Rt Hon Priti Patel MP+} | {+Home Secretary+} (south-wales (2019)) ←
             forces/south-wales.yaml (recipient): recipient: [Rt Hon Priti Patel MP, Home
        """,
    ),
    Case(
        "another commissioner",
        swap(SOUTH_WALES, "name: Rt Hon Alun Michael", "name: Jane Mudd"),
        """
           • words: 2 parts: [-Rt Hon Alun Michael-]{+Jane Mudd+} | [-Rt Hon Alun Michael-]{+Jane Mudd+}
             (south-wales (2019)) ← forces/south-wales.yaml (commissioner.name): name: Jane Mudd
        """,
    ),
    # -- standard wording
    Case(
        "a phrase",
        swap(WORDING, "any work done to seek intelligence", "the work done to gather intelligence"),
        """
           • words: body: [-any-]{+the+}…[-seek-]{+gather+} (kent, thames-valley) ← wording.yaml
             (intelligence_from_organisations.progress): text: the work done to gather intelligen
        """,
    ),
    Case(
        "a phrase of one letter",
        swap(WORDING, "had already started at the time", "had begun at the time"),
        """
           • words: body: [-already started-]{+begun+} (south-wales) ← wording.yaml (started.clause): text:
             had begun at the time of our revie
        """,
        pages=False,
    ),
    Case(
        "a frame of the verdict",
        swap(VERDICT, "information was provided that allowed us", "information allowed us"),
        """
           • words: body: [-was provided that -] (kent, thames-valley) ← verdict.md: {% if
             outcome.national_strategy == 'refl
        """,
        pages=False,
    ),
    # -- templates: words
    Case(
        "a date of all",
        swap(LETTER_YAML, "2017-10-02", "2017-10-05"),
        """
           • words: date: [-2-]{+5+} (3 letters) ← letter.yaml: date: 2017-10-05
        """,
        pages=False,
    ),
    Case(
        "a word",
        swap(LETTER, "highlighted our concerns", "raised our concerns"),
        """
           • words: body: [-highlighted-]{+raised+} (3 letters) ← letter.md: The report raised our concerns
             that some
        """,
        pages=False,
    ),
    Case(
        "a moved paragraph",
        moved(LETTER, PUBLISHED, "Further to my letter dated"),
        """
           • words: body: (moved) (3 letters) ← letter.md: This letter will be published on the [HM
        """,
    ),
    Case(
        "a moved paragraph with another word",
        edits(moved(LETTER, PUBLISHED, "Further to my letter dated"), swap(LETTER, "alongside a", "together with a")),
        """
           • words: body: (moved)…[-alongside-]{+together with+} (3 letters) ← letter.md: This letter will be
             published on the [HM
        """,
        pages=False,
    ),
    Case(
        "a split paragraph",
        swap(LETTER, "overview report. We will", "overview report.\n\nWe will"),
        """
           • words: body: [- -]{+ ¶ +} (3 letters) ← letter.md: This letter will be published on the [HM
        """,
    ),
    Case(
        "a joined paragraph",
        swap(LETTER, "inspection.\n\nIf you", "inspection. If you"),
        """
           • words: body: [- ¶ -]{+ +} (3 letters) ← letter.md: force to assess implementation of your p
        """,
    ),
    Case(
        "a paragraph more",
        swap(LETTER, "If you have any", "We thank your staff.\n\nIf you have any"),
        """
           • words: body: {+We thank your staff.+} (3 letters) ← letter.md: We thank your staff.
        """,
        pages=False,
    ),
    Case(
        "three paragraphs more",
        swap(LETTER, "If you have any", "We thank your staff.\n\nThey were kind.\n\nAnd quick.\n\nIf you have any"),
        """
           • words: body: {+We thank your staff.+} | {+They were kind.+} | {+And quick.+} (3 letters) ←
             letter.md: We thank your staff. ← letter.md: They were kind. ← letter.md: And quick.
        """,
        pages=False,
    ),
    Case(
        "a paragraph less",
        swap(LETTER, PUBLISHED, ""),
        """
           • words: body: [-This letter will be published on the HMICFRS website, alongside a national
             overview report. We will be returning to your force to assess implementation of your plans
             during a subsequent inspection.-] (3 letters) ← letter.md: If you have any queries, please
             contact
        """,
        pages=False,
    ),
    Case(
        "a heading more",
        swap(LETTER, "If you have any", "## Queries\n\nIf you have any"),
        """
           • words: body: {+Queries+} (3 letters) ← letter.md: ## Queries
        """,
        pages=False,
    ),
    Case(
        "a table more",
        swap(LETTER, "If you have any", "| Step | Date |\n|---|---|\n| Review | June |\n\nIf you have any"),
        """
           • words: body: {+Step+} | {+Date+} | {+Review+} | {+June+} (3 letters) ← letter.md: | Step | Date |
             ← letter.md: | Review | June |
        """,
        pages=False,
    ),
    Case(
        "another signatory",
        swap(LETTER_YAML, "name: Michael Cunningham QPM", "name: M Cunningham CBE"),
        """
           • words: 2 parts: [-Michael Cunningham QPM-]{+M Cunningham CBE+} | [-Michael Cunningham QPM-]{+M
             Cunningham CBE+} (3 letters) ← letter.yaml: name: M Cunningham CBE
        """,
    ),
    Case(
        "another title",
        swap(LETTER_YAML, "assessment: Abuse", "assessment of forces: Abuse"),
        """
           • words: body: {+ of forces+} (3 letters) ← letter.yaml: title: "HMICFRS assessment of forces: Ab
        """,
        pages=False,
    ),
    Case(
        "another address in the letterhead",
        swap(LETTER_YAML, "6th Floor, Globe House", "4th Floor, Globe House"),
        """
           • words: sender details: [-6th-]{+4th+} (3 letters) ← letter.yaml: address: 4th Floor, Globe House,
             89 Eccl
        """,
        pages=False,
    ),
    Case(
        "another strapline",
        swap(LETTERHEAD, "Promoting improvements in", "Promoting improvement in"),
        """
           • words: masthead: [-improvements-]{+improvement+} (3 letters) ← letterheads/hmicfrs/letterhead.md:
             Promoting improvement in policing and fi
        """,
        pages=False,
    ),
    Case(
        "commissioners by their full titles",
        swap(
            LETTER,
            "Copied to: {{ force.local_policing_body.short_title }}",
            "Copied to: {{ force.local_policing_body.title }}",
        ),
        """
           • words: copied to: [-Police and Crime Commissioner-]{+Police and Crime Commissioner for Kent+}
             (kent, south-wales) ← letter.md: Copied to: {{ force.local_policing_body.
        """,
    ),
    Case(
        "a comma more",
        swap(LETTER, "in which we referred", "in which, we referred"),
        """
           • words: body: {+,+} (3 letters) ← letter.md: In December 2016, we published our natio
        """,
        pages=False,
    ),
    Case(
        "a word twice",
        swap(LETTER, "subsequent inspection", "subsequent subsequent inspection"),
        """
           • words: body: {+subsequent +} (3 letters) ← letter.md: force to assess implementation of your p
        """,
        pages=False,
    ),
    Case(
        "search and replace",
        everywhere(LETTER, "abuse of position for a sexual purpose", "abuse of position"),
        """
           • words: body: [- for a sexual purpose-] | [- for a sexual purpose-] (3 letters) ← letter.md: the
             National Police Chiefs' Council's na ← letter.md: seek intelligence on the potential abuse
        """,
        pages=False,
    ),
    Case(
        "other quotation marks",
        swap(LETTER, "'abuse of authority for sexual gain'", '"abuse of authority for sexual gain"'),
        """
           • words: body: [-'-]{+"+}…[-'-]{+"+} (3 letters) ← letter.md: problem as "abuse of authority for
             sexua
        """,
        pages=False,
    ),
    Case(
        "a line in another place of its part",
        swap(LETTER, "{{ force.name }}\nVia email", "Via email\n{{ force.name }}"),
        """
           • words: addressee: (moved) (3 letters) ← letter.md: Via email
        """,
        pages=False,
    ),
    # -- formatting
    Case(
        "emphasis more",
        swap(LETTER, "within six months", "**within six months**"),
        """
           • formatting: bold: [-not bold-]{+bold+} (3 letters) ← letter.md: > To address this cause of
             concern, we r
        """,
    ),
    Case(
        "emphasis less",
        swap(LETTER, "*PEEL: police legitimacy 2016*", "PEEL: police legitimacy 2016"),
        """
           • formatting: italic: [-italic-]{+not italic+} (3 letters) ← letter.md: In December 2016, we
             published our natio
        """,
        pages=False,
    ),
    Case(
        "a paragraph becomes a quotation",
        swap(LETTER, "If you have any", "> If you have any"),
        """
           • formatting: style: [-paragraph-]{+quotation+} (3 letters) ← letter.md: > If you have any queries,
             please contac
        """,
        pages=False,
    ),
    Case(
        "a paragraph becomes a list",
        swap(LETTER, "If you have any", "- If you have any"),
        """
           • formatting: style: [-paragraph-]{+bulleted list+} (3 letters) ← letter.md: - If you have any
             queries, please contac
        """,
        pages=False,
    ),
    Case(
        "a heading of another level",
        swap(SOUTH_WALES, "### My team", "## My team"),
        """
           • formatting: style: [-heading 3-]{+heading 2+} (south-wales (2019)) ← forces/south-wales.yaml
             (body): body: |
        """,
    ),
    Case(
        "a space that does not break",
        swap(LETTER_YAML, '  - "PEEL: police"', '  - "PEEL: police"\n  - "sexual purpose"'),
        """
           • formatting: typography: [-space-]{+no-break space+} | [-space-]{+no-break space+} |
             [-space-]{+no-break space+} (3 letters) ← letter.yaml: - "sexual purpose"
        """,
        pages=False,
    ),
    Case(
        "a line in another part",
        swap(LETTER, "::: {.date}", "::: {.addressee}"),
        """
           • formatting: part: [-date-]{+addressee+} (3 letters) ← letter.md: ::: {.addressee}
        """,
        pages=False,
    ),
    # -- hidden facts
    Case(
        "a link leads elsewhere",
        swap(LETTER, LINK, f"{LINK}/2017"),
        """
           • hidden facts: link target: [-https://example.org/hmicfrs-]{+https://example.org/hmicfrs/2017+} (3
             letters) ← letter.md: This letter will be published on the [HM
        """,
    ),
    Case(
        "a link more",
        swap(LETTER, "national overview report", "[national overview report](https://example.org/overview)"),
        """
           • hidden facts: link target: {+https://example.org/overview+} (3 letters) ← letter.md: This letter
             will be published on the [HM
        """,
        pages=False,
    ),
    Case(
        "a link less",
        swap(LETTER, f"[HMICFRS website]({LINK})", "HMICFRS website"),
        """
           • hidden facts: link target: [-https://example.org/hmicfrs-] (3 letters) ← letter.md: This letter
             will be published on the HMI
        """,
        pages=False,
    ),
    Case(
        "a link with other words",
        swap(LETTER, f"the [HMICFRS website]({LINK})", "our [portal](https://example.com/portal)"),
        """
           • words: body: [-the HMICFRS website-]{+our portal+} (3 letters) ← letter.md: This letter will be
             published on our [po
           • hidden facts: link target: {+https://example.com/portal+} (3 letters) ← letter.md: This letter
             will be published on our [po
        """,
        pages=False,
    ),
    Case(
        "a paragraph more with a link",
        swap(LETTER, "If you have any", "Read [our report](https://example.org/report).\n\nIf you have any"),
        """
           • words: body: {+Read our report.+} (3 letters) ← letter.md: Read [our
             report](https://example.org/re
           • hidden facts: link target: {+https://example.org/report+} (3 letters) ← letter.md: Read [our
             report](https://example.org/re
        """,
        pages=False,
    ),
    Case(
        "a link leads elsewhere in a split paragraph",
        edits(
            swap(LETTER, "report. We will", "report.\n\nWe will"),
            swap(LETTER, LINK, f"{LINK}/2017"),
            swap(LETTER, "be returning", "*be* returning"),
        ),
        """
           • words: body: [- -]{+ ¶ +} (3 letters) ← letter.md: This letter will be published on the [HM
           • formatting: italic: [-not italic-]{+italic+} (3 letters) ← letter.md: This letter will be
             published on the [HM
           • hidden facts: link target: [-https://example.org/hmicfrs-]{+https://example.org/hmicfrs/2017+} (3
             letters) ← letter.md: This letter will be published on the [HM
        """,
        pages=False,
    ),
    Case(
        "a link leads elsewhere in a joined paragraph",
        edits(
            swap(LETTER, "inspection.\n\nIf you", "inspection. If you"),
            swap(LETTER, LINK, f"{LINK}/2017"),
            swap(LETTER, "any queries", "*any* queries"),
        ),
        """
           • words: body: [- ¶ -]{+ +} (3 letters) ← letter.md: force to assess implementation of your p
           • formatting: italic: [-not italic-]{+italic+} (3 letters) ← letter.md: This letter will be
             published on the [HM
           • hidden facts: link target: [-https://example.org/hmicfrs-]{+https://example.org/hmicfrs/2017+} (3
             letters) ← letter.md: This letter will be published on the [HM
        """,
        pages=False,
    ),
    Case(
        "other alt text in the letterhead",
        swap(LETTERHEAD, "![HMICFRS]", "![HMICFRS wordmark]"),
        """
           • hidden facts: alt text: [-HMICFRS-]{+HMICFRS wordmark+} (3 letters) ←
             letterheads/hmicfrs/letterhead.md: ![HMICFRS wordmark](wordmark.svg)
        """,
        pages=False,
    ),
    Case(
        "other alt text of the signature",
        swap(LETTER, "Signature of Michael Cunningham", "Signed by Michael Cunningham"),
        """
           • hidden facts: alt text: [-Signature of Michael Cunningham-]{+Signed by Michael Cunningham+}
             (south-wales, thames-valley) ← letter.md: ![Signed by Michael Cunningham](signatur
        """,
        pages=False,
    ),
    Case(
        "Welsh not marked as Welsh",
        swap(COMMISSIONER, "[{{ outcome.commissioner.title_cy }}]{lang=cy}", "{{ outcome.commissioner.title_cy }}"),
        """
           • hidden facts: language of words: [-cy-] (south-wales (2019)) ←
             letterheads/pcc-south-wales/letterhead.md: {{ outcome.commissioner.title_cy }}
        """,
    ),
    Case(
        "the foot",
        swap(LETTER, "{{ force.name }}, {{ letter", "{{ force.name }}: {{ letter"),
        """
           • hidden facts: foot of the page: [-Kent Police, 2 October 2017-]{+Kent Police: 2 October 2017+} (3
             letters) ← letter.md: {{ force.name }}: {{ letter.date | long_
        """,
    ),
    Case(
        "the sender not on every page",
        swap(COMMISSIONER, "{.sender .every-page}", "{.sender}"),
        """
           • hidden facts: repeated on every page: [-yes-] (south-wales (2019)) ←
             letterheads/pcc-south-wales/letterhead.md: ::: {.sender}
        """,
        layout=("layout: place on the page: page 2: all passages up to 23 mm higher (south-wales (2019))",),
    ),
    # -- the look alone
    Case(
        "another font",
        appended(CSS, "html { font-weight: bold }\n"),
        layout=(
            "layout: appearance: [-font Letters-Sans-]{+font Letters-Sans-Bold+} (3 letters)",
            "layout: appearance: [-font Letters-Sans-Italic-]{+font Letters-Sans-Bold-Italic+} (3 letters)",
            "layout: place on the page: ",
        ),
    ),
    Case(
        "larger letters",
        appended(CSS, "html, body { font-size: 16pt; line-height: 24pt }\n"),
        layout=(
            "layout: number of pages: [-2 pages-]{+3 pages+} (3 letters)",
            "layout: appearance: [-12 pt-]{+16 pt+} (3 letters)",
            "layout: place on the page: ",
            "layout: page break: ",
        ),
    ),
    Case(
        "another colour",
        appended(CSS, ".sender-details { color: #00703c }\n"),
        layout=("layout: appearance: [-black-]{+colour #00703c+} (3 letters)",),
    ),
    Case(
        "another picture of the same name",
        swap("templates/letterheads/hmicfrs/wordmark.svg", "<path", "<path fill='#00703c'"),
        layout=("layout: appearance: page 1: looks different at the top of the page (3 letters)",),
    ),
    # -- nothing
    Case(
        "a comment",
        appended(KENT, "# looked at by hand\n"),
        pages=False,
    ),
    Case(
        "notes",
        swap(KENT, IN_KENT, f"    notes: the evidence is in folder 12\n{IN_KENT}"),
    ),
    Case(
        "a country that no letter names",
        swap(KENT, "country: England", "country: Wales"),
    ),
    Case(
        "lines of a template that end elsewhere",
        edits(
            swap(LETTER, "to the\nproblem", "to\nthe problem"), swap(LETTER, "capacity to\nseek", "capacity\nto seek")
        ),
    ),
    Case(
        "quotation marks that the tool would set",
        swap(LETTER, "'abuse of authority for sexual gain'", "‘abuse of authority for sexual gain’"),
    ),
    # -- several at once
    Case(
        "a standard sentence and a finding",
        edits(
            swap(LETTER, "highlighted our concerns", "raised our concerns"),
            swap(KENT, "it_monitoring: not_provided", "it_monitoring: started"),
        ),
        """
           • words: body: [-highlighted-]{+raised+} (3 letters) ← letter.md: The report raised our concerns
             that some
           • words: body: [-your progress in developing your IT systems' monitoring capability or
             -]…{+Improvements to your IT systems' monitoring capability were included and these had already
             started at the time of our review. +}…{+however +} (kent) ← forces/kent.yaml (it_monitoring):
             it_monitoring: started
        """,
    ),
    Case(
        "emphasis, a link and a finding",
        edits(
            swap(LETTER, "within six months", "**within six months**"),
            swap(LETTER, LINK, f"{LINK}/2017"),
            swap(KENT, "it_monitoring: not_provided", "it_monitoring: started"),
        ),
        """
           • words: body: [-your progress in developing your IT systems' monitoring capability or
             -]…{+Improvements to your IT systems' monitoring capability were included and these had already
             started at the time of our review. +}…{+however +} (kent) ← forces/kent.yaml (it_monitoring):
             it_monitoring: started
           • formatting: bold: [-not bold-]{+bold+} (3 letters) ← letter.md: > To address this cause of
             concern, we r
           • hidden facts: link target: [-https://example.org/hmicfrs-]{+https://example.org/hmicfrs/2017+} (3
             letters) ← letter.md: This letter will be published on the [HM
        """,
        pages=False,
    ),
    Case(
        "a phrase and a departure from another",
        edits(
            swap(WORDING, "any work done to seek", "the work done to seek"),
            swap(
                KENT,
                IN_KENT,
                f"    changed_wording: {{it_monitoring.progress: your progress in buying IT systems}}\n{IN_KENT}",
            ),
        ),
        """
           • words: body: [-any-]{+the+} (kent, thames-valley) ← wording.yaml
             (intelligence_from_organisations.progress): text: the work done to seek intelligence
           • words: body: [-developing your IT systems' monitoring capability-]{+buying IT systems+} (kent) ←
             forces/kent.yaml (changed_wording.it_monitoring.progress): changed_wording:
             {it_monitoring.progress
        """,
        pages=False,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_edit_is_told_in_its_own_kind_and_in_no_other(case: Case, reviewed: Workspace, tmp_path: Path) -> None:
    workspace = copy(reviewed, tmp_path / "workspace")
    case.edit(workspace)
    found = told(workspace, diff(workspace))
    looks = [line for line in found if line.startswith("look: the PDF and HTML look changed")]
    assert [line for line in found if line not in looks] == case.expected
    drawn = (CSS, CSS.replace("letter.css", "wordmark.svg"))
    other_looks = any(workspace.path(file).read_bytes() != reviewed.path(file).read_bytes() for file in drawn)
    assert bool(looks) == other_looks, "no page is drawn, and it is told all the same"
    if case.pages:
        assert build(workspace).status == 0
        seen = told(workspace, review(workspace))
        assert seen[: len(case.expected)] == case.expected
        layout = seen[len(case.expected) :]
        assert [line for line in layout if not line.startswith(case.layout or "none")] == []
        assert [begin for begin in case.layout if not any(line.startswith(begin) for line in layout)] == []


def test_a_change_of_several_things_comes_from_those_and_from_no_other(small: Workspace) -> None:
    small.replace("forces/kent.yaml", "it_monitoring: not_provided", "it_monitoring: started")
    assert small.letters("build", "--format", "txt").status == 0
    own = "    added_sentences: [This.]\n    copied_to: [Matthew Scott]\n    changed_wording:\n"
    own += "      it_monitoring.evidence: better IT systems\n"
    small.write("forces/kent.yaml", small.read("forces/kent.yaml") + own)
    sources = [line.strip() for line in small.letters("diff", "kent").out.split("\n") if line.startswith("    from ")]
    copied, added, changed = (f"from forces/kent.yaml:{line}" for line in (18, 17, 20))
    assert sources == [
        f"{copied} (copied_to)",
        f"{added} (added_sentences)",
        f"{changed} (changed_wording.it_monitoring.evidence)",
    ]
    verdict = "templates/abuse-of-position-2017/verdict.md"
    small.replace(verdict, "agree('was', 'were') }} included", "agree('was', 'were') }} thus included")
    assert f"from {verdict}:46" in small.letters("diff", "kent").out
