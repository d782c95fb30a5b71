"""What a letterhead may do to the look of a letter, and nothing beyond it: no word added, hidden or changed."""
