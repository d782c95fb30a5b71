"""The batch: what is asked for, what is to be made, and making it."""
