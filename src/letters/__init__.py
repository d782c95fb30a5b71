"""Many people, the same letter, each with its own verdict, and every word proved."""

__version__ = "0.2.0"
