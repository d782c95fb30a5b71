"""The renditions of a letter: a module a format, each with `render(letter, style)`."""
