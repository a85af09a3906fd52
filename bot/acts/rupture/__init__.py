"""A rupture, flagged in private: only who may see a flag finds it, and nothing lists or counts flags otherwise."""
