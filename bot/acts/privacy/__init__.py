"""What is kept of one person: shown to them, and let go of (promises 7, 8). One room for each part of what is kept."""
