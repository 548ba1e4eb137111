"""Dump: a cause into a folder, so that reading the folder gives the cause; files that say the same stay untouched."""

import os
from dataclasses import dataclass
from pathlib import Path

from campaign.domain.cause import Cause
from campaign.outside.bundle import front, writer, yaml
from campaign.outside.bundle.spread import Leaf, spread

_FOLDERS = ("states", "letters", "pages", "points", "chase")


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that does not say what the cause does: what is to become of it, and its text; None where it goes."""

    file: str
    what: str
    text: str | None

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.file}: {self.what}"


def differences(cause: Cause, folder: Path) -> tuple[Difference, ...]:
    """Hold a folder against a cause, file by file. Raises OSError where a file cannot be read."""
    leaves = spread(cause)
    found = [_difference(file, leaf, folder / file) for file, leaf in leaves.items()]
    there = [
        path.relative_to(folder).as_posix()
        for name in _FOLDERS
        for path in sorted((folder / name).rglob("*"))
        if path.suffix in (".md", ".yaml") and path.is_file()
    ]
    there += ["points.yaml"] if (folder / "points.yaml").is_file() else []
    gone = [Difference(file, "is no longer part of the campaign", None) for file in there if file not in leaves]
    return (*(one for one in found if one is not None), *gone)


def _difference(file: str, leaf: Leaf, path: Path) -> Difference | None:
    if not path.is_file():
        return Difference(file, "is missing", writer.written(file, leaf, None))
    old = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    values, body = _said(file, leaf, old)
    wanted = leaf.values
    if values is not None and file.startswith("points/"):
        wanted = {**wanted, "checked": values.get("checked")}  # no cause keeps it: it is the file's own
    if values is not None and writer.says(values) == writer.says(wanted) and body == leaf.body:
        return None
    return Difference(file, _what(values, wanted, body, leaf.body), writer.written(file, Leaf(wanted, leaf.body), old))


def _said(file: str, leaf: Leaf, old: str) -> tuple[dict[str, object] | None, str | None]:
    """What a file says now; None where it cannot be read."""
    if leaf.body is None:
        sheet, body = yaml.parse(old, file, []), None
    else:
        document = front.parse(old, file, [])
        sheet, body = (document.sheet, document.body) if document else (None, None)
    return (sheet.value, body) if sheet is not None and isinstance(sheet.value, dict) else (None, body)


def _what(values: dict[str, object] | None, wanted: dict[str, object], body: str | None, text: str | None) -> str:
    if values is None:
        return "cannot be read"
    names = [name for name in (*wanted, *values) if _part(values, name) != _part(wanted, name)]
    names += ["its text"] if body != text else []
    return f"{', '.join(dict.fromkeys(names))} differs"


def _part(values: dict[str, object], name: str) -> object:
    return writer.says({name: values.get(name)})


def write(found: tuple[Difference, ...], folder: Path) -> None:
    """Bring a folder up to the cause, each file whole or as it was. Raises OSError."""
    for one in found:
        path = folder / one.file
        if one.text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(one.text, encoding="utf-8", newline="\n")
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        os.replace(beside, path)  # noqa: PTH105  whole or not at all
