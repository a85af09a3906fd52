"""Measures, run by hand: what the rules do, and what the clock costs."""
