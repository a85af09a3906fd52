"""A world to practise in: people, a server, a clock that can be moved. Knows cogs only by what they show."""
