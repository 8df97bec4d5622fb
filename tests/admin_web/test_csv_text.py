"""What a spreadsheet program gets from us is text, whatever people wrote."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_web.csv_text import BYTE_ORDER_MARK, plain_cell, render_csv

FORMULAS = (
    "=1+1", "=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "＝1+1",
    "＋1", "－1", "＠SUM", "|calc", "%0A=1", "\x00=1", "\ufeff=1", "\u200b=1",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str):
    cell = plain_cell(text)

    assert cell.startswith("'")


@pytest.mark.parametrize("text", ["电梯", "3单元=坏", "1-201", "a@b", "-5", "3.14", "1024", ""])
def test_what_is_no_formula_stays_as_it_is(text: str):
    assert plain_cell(text) == text


@given(st.text())
def test_no_cell_begins_as_a_formula_does(text: str):
    cell = plain_cell(text).lstrip()

    assert not cell.startswith(("=", "+", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith("-") or cell[1:].replace(".", "", 1).isdigit()


def test_a_table_is_read_back_as_it_was_written():
    rows = [("王芳", 'says "hi", twice', 3), ("a\nb", "=1", -2)]

    text = render_csv(("name", "words", "n"), rows)

    assert text.startswith(BYTE_ORDER_MARK)
    read = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert read == [["name", "words", "n"], ["王芳", 'says "hi", twice', "3"], ["a\nb", "'=1", "-2"]]
