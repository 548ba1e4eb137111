"""The reader of a campaign folder: every file typed, every rule held, every mistake named by file and line."""
