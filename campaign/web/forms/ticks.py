"""Ticked signatures: one box each, named by the row, holding what the page showed."""

from collections.abc import Mapping

SIGNATURE = "signature-"


def ticked(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the ticked signatures of a form: id -> value of its box."""
    return {name.removeprefix(SIGNATURE): value for name, value in fields.items() if name.startswith(SIGNATURE)}
