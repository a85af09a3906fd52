"""How the rows changed."""
