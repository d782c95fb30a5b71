"""The pages of two PDFs: where words stand on them, what moved, and how they look."""
