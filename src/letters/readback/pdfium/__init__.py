"""PDFium: documents, their pages, and what is on these, as Python has them; nothing else speaks to the library."""
