"""How days and times are written where nothing else is said: the same everywhere, in both languages."""
