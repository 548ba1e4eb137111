"""Finds the files that come with the program: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """Return the folder `templates`, `migrations` or `config`.

    Raises FileNotFoundError when the installation lacks it.
    """
    for place in (_PACKAGE.parent, _PACKAGE / "_shipped"):
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"this installation lacks its folder {name}")
