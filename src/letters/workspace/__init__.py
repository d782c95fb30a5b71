"""What staff keep, read and checked: letter types, forces, wording, letterheads, records."""
