"""The command line: every command calls services, says words to stderr and data to stdout."""

from campaign.cli.main import main

__all__ = ["main"]
