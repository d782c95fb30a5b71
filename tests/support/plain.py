"""What a small letter type of one Markdown field, and its one force, are made of: in memory or in a workspace."""

from __future__ import annotations

TYPE = "note-2018"
FORCE = "forces/x.yaml"
LETTER, OUTCOME_FILE, SETTINGS_FILE = (
    f"templates/{TYPE}/{name}" for name in ("letter.md", "outcome.yaml", "letter.yaml")
)

SETTINGS = """\
title: Your next inspection
date: 2018-03-01
letterhead: hmicfrs
expected: some
signatory:
  name: Michael Cunningham QPM
  offices: [Her Majesty's Inspector of Constabulary, Her Majesty's Inspector of Fire & Rescue Services]
  address: 6th Floor, Globe House, 89 Eccleston Square, London SW1V 1PN
  telephone: 020 3513 0500
  fax: 020 3513 0650
  email: michael.cunningham1@hmic.gsi.gov.uk
"""
OUTCOME = """\
type: object
required: [body]
properties:
  body: {description: "In Markdown", type: string, contentMediaType: text/markdown}
"""
#: A force's file down to where the answers of its letter begin.
FACTS = """\
name: North Example Police
country: England
chief_officer: {rank: Chief Constable}
local_policing_body: {title: Police and Crime Commissioner, short_title: Police and Crime Commissioner}
letters:
  note-2018:
    stage: ready
"""
