"""Runs the command line: `python -m campaign.cli`."""

from campaign.cli.main import main

main()
