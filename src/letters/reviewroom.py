"""The story of review: two states of a workspace compared, the report written, decisions kept."""
