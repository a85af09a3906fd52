"""What would be true of circles in a room with chairs. Standard library only."""
