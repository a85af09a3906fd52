"""A rupture: something between people that needs care, flagged in private and mended with consent (P8)."""
