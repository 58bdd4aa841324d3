"""Lists of others come in: a file, a mapping that says what its columns mean, and undo."""
