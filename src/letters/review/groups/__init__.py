"""Changes of many letters put together, and where they come from."""
