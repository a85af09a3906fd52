"""Trellis: holds the frame of peer-led healing circles."""

__version__ = "0.1.0"
