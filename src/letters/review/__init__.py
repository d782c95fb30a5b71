"""Review: what is different between two states of many letters, each change read once."""
