"""Measures of what the rules do, run by hand."""
