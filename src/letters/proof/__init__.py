"""Proof of the wording: every possible letter read before anyone needs it."""
