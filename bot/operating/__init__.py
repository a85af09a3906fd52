"""What whoever runs the bot can do with what it keeps: copy it, put it back, forget somebody, new keys, wipe it."""
