"""Two states of one letter compared, from words to passages."""
