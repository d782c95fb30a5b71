"""What the machine gives, and what may be taken of it: files, processes, libraries."""
