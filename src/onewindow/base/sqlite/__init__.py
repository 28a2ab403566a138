"""SQLite for many threads: writers of one process stand in line, readers never wait."""
