"""Formats of exports: nothing in a file runs, asks the network or breaks out of its cell, and all of it is there."""

import csv
import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from exports import sheets
from payloads import PAYLOADS

from campaign.errors import CampaignError
from campaign.services.export import Export
from campaign.services.table import FORMATS, _xlsx, has_parquet
from campaign.services.written import write, write_file

# Quoted by ", UTF-8, from line 1, English; numbers and formulas are looked for in every cell, quoted or not.
CSV_OPTIONS = "34,76,1,,1033,false,true,false,false,false,-1,true"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def table(cells=PAYLOADS) -> Export:
    """A cell a row, with a number beside it."""
    return Export(("text", "confirmed"), iter([(cell, place) for place, cell in enumerate(cells)]), "signatures")


def made(form: str, export: Export) -> bytes:
    file = io.BytesIO()
    FORMATS[form](export, file, None)
    return file.getvalue()


def test_a_workbook_holds_no_formula_and_no_link():
    with zipfile.ZipFile(io.BytesIO(made("xlsx", table()))) as file:
        names = file.namelist()
        assert not any("external" in name.lower() for name in names)
        for name in names:
            text = file.read(name)
            assert b"<f>" not in text
            assert b"<f " not in text
            assert b"<hyperlink" not in text
            assert b'TargetMode="External"' not in text


def test_a_workbook_keeps_every_text_and_every_number():
    [[header, *rows]] = sheets(made("xlsx", table(["=1+1", "Ünï 李", "x" * 40_000, ""])))
    assert header == ["text", "confirmed"]
    assert [row[1] for row in rows] == ["0", "1", "2", "3"]
    assert [row[0] for row in rows] == ["=1+1", "Ünï 李", "x" * 32_767, ""]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next():
    file = io.BytesIO()
    assert _xlsx(table(["a", "b", "c", "d", "e"]), file, None, most_rows=2) == 5
    found = sheets(file.getvalue())
    assert [[row[0] for row in sheet] for sheet in found] == [["text", "a", "b"], ["text", "c", "d"], ["text", "e"]]


def test_csv_and_json_hold_what_was_given():
    rows = list(csv.reader(io.StringIO(made("csv", table(["Ona", "=1"])).decode(), newline="")))
    assert rows == [["text", "confirmed"], ["Ona", "0"], ["'=1", "1"]]
    assert json.loads(made("json", table(["Ona", "=1"]))) == [
        {"text": "Ona", "confirmed": 0},
        {"text": "=1", "confirmed": 1},
    ]


@pytest.mark.skipif(has_parquet(), reason="the extra is installed")
def test_parquet_says_in_one_line_what_it_needs():
    with pytest.raises(CampaignError, match=r"pip install 'campaign\[parquet\]'"):
        made("parquet", table())


def test_a_file_is_whole_or_not_there(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("yesterday", encoding="utf-8")

    def rows():
        yield ("a", 1)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_file(Export(("text", "confirmed"), rows()), "csv", path)
    assert (path.read_text(encoding="utf-8"), list(tmp_path.iterdir())) == ("yesterday", [path])
    assert write_file(table(["a"]), "csv", path).rows == 1
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_what_goes_wrong_under_a_seal_is_told(form):
    """The sealing runs beside the writing: a full disk on its side must not leave the other waiting."""
    recipient = "age1cnqld5lsvzv8r53m3adkzxpq4v4wrntsk9k6qz0jk7fanjcwru0qg5gnhu"

    class Full(io.BytesIO):
        def write(self, _data):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match=r"space|sealed"):
        write(table(["x" * 1000] * 1000), form, Full(), recipient)


def converted(folder: Path, name: str, data: bytes, *options: str) -> str:
    """Open a file in LibreOffice, which calculates it anew, and give it as flat XML."""
    (folder / name).write_bytes(data)
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile", *options]
    command += ["--convert-to", "fods", "--outdir", str(folder / "out"), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env=os.environ | {"HOME": str(folder)})
    return (folder / "out" / f"{Path(name).stem}.fods").read_text(encoding="utf-8")


needs_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed: apt-get install libreoffice-calc"
)


@needs_office
def test_libreoffice_does_calculate_what_it_finds(tmp_path):
    """Else the next test would show nothing."""
    options = f"--infilter=Text - txt - csv (StarCalc):44,{CSV_OPTIONS}"
    assert "table:formula=" in converted(tmp_path, "bare.csv", b'"text"\n"=1+1"\n', options)


@needs_office
@pytest.mark.parametrize("separator", ["xlsx", "44", "59", "9"])
def test_libreoffice_finds_nothing_to_calculate(tmp_path, separator):
    """A workbook, and CSV read with a comma, a semicolon and a tab, formulas and all kinds of numbers looked for."""
    if separator == "xlsx":
        seen = converted(tmp_path, "table.xlsx", made("xlsx", table()))
    else:
        options = (
            f"--infilter=Text - txt - csv (StarCalc):{separator},34,76,1,,1033,false,true,false,false,false,-1,true"
        )
        seen = converted(tmp_path, "table.csv", made("csv", table()), options)
    assert seen.count("<table:table-row") >= len(PAYLOADS)
    for word in ("table:formula=", "xlink:href=", "office:dde-source", "table:cell-range-source"):
        assert word not in seen
