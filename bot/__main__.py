"""`python -m bot` is the same as `trellis`."""

from bot.cli import main

raise SystemExit(main())
