"""The report of a review as one HTML file that needs no tool."""
