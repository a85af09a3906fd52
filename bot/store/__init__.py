"""Rows: what is kept, how it is sealed, and the keyring that lies outside of the database."""
