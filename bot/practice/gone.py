"""Who is gone from the server: looked for once a week, forgotten after a month."""

from datetime import timedelta

LOOK_EVERY = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=30)  # after somebody was first found to be gone
AT_ONCE = 50  # people looked up in one go
NEXT_GO = timedelta(minutes=1)
