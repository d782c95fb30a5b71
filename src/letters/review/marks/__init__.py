"""What readers said of changes, and how far they are."""
