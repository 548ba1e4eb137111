"""Pictures of every page, for a person to look at: see `make help`."""
