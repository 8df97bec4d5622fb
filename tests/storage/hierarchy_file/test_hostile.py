"""Files made to hurt: refused quickly, in little memory, with a line. Each returns within the limit of one test."""

import pytest

from storage.hierarchy_file import MAX_BYTES, read_hierarchy
from tests.storage.hierarchy_file.street import EXAMPLE, problems_of, the_problem

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
RECURSIVE = "a: &a [*a]\n"


@pytest.mark.parametrize("text", [BOMB, RECURSIVE, "a: &a {b: *a}\n", "&a a: *a\n"])
@pytest.mark.timeout(5)
def test_aliases_are_never_followed(text):
    found = problems_of(text)

    assert any("Anchors" in each.message for each in found)
    assert any("Aliases" in each.message for each in found)


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "{a: " * 20_000, "- " * 20_000, "".join(f"{' ' * depth}a:\n" for depth in range(2_000))],
)
@pytest.mark.timeout(5)
def test_deep_nesting_is_refused_before_it_is_deep(text):
    problem = the_problem(text)

    assert problem.message == "More than 40 lists and mappings inside each other are too deep."
    assert "太深了" in problem.message_zh


@pytest.mark.parametrize("source", [b"a" * 50_000_000, "a" * 50_000_000, "楼" * (MAX_BYTES // 3 + 1)])
@pytest.mark.timeout(5)
def test_a_file_that_is_too_large_is_not_looked_at(source):
    problem = the_problem(source)

    assert problem.line == 1
    assert "larger than 8 MiB" in problem.message
    assert "文件超过 8 MiB" in problem.message_zh


@pytest.mark.timeout(300)
def test_too_many_values_are_refused():
    problem = the_problem("- a\n" * 750_001)

    assert problem.line == 750_000
    assert "More than 750000 values" in problem.message
    assert "请用 repeat" in problem.message_zh


def test_a_text_that_is_too_long_is_refused():
    problem = problems_of("name: " + "x" * 3_000_000 + "\n")[0]

    assert (problem.line, problem.path) == (1, "name")
    assert "3000000 characters is too long: at most 2000" in problem.message


@pytest.mark.parametrize(
    ("source", "line", "part", "part_zh"),
    [
        (EXAMPLE.encode("utf-16"), 1, "written in UTF-16", "编码是 UTF-16"),
        (EXAMPLE.encode("utf-32"), 1, "written in UTF-32", "编码是 UTF-32"),
        (EXAMPLE.encode("utf-8-sig"), 1, "byte order mark", "BOM"),
        (EXAMPLE.encode("gbk", "ignore"), 4, "saved as GBK", "GBK"),
        ("name: a\nb: c\n".encode("utf-16-le"), 1, "NUL character", "空字符"),
        (b"name: a\nb: \x00\n", 2, "NUL character", "空字符"),
        (b"name: a\n\nb: \x1b[0m\n", 3, "U+001B", "U+001B"),
        ("name: a\nb: 1\u200b2\n", 2, "U+200B (ZERO WIDTH SPACE)", "U+200B"),
        ("name: a\u2028b: 1\n", 1, "U+2028 (LINE SEPARATOR)", "U+2028"),
        ("name: \u202eabc\n", 1, "U+202E (RIGHT-TO-LEFT OVERRIDE)", "U+202E"),
        ("a: 1\nname: \ud800\n", 2, "U+D800", "U+D800"),
        ("name: caf\ufffd\n", 1, "U+FFFD", "U+FFFD"),
        ("a: 1\nb: \ufeff\n", 2, "U+FEFF", "U+FEFF"),
        ('a: 1\nb: "\\ud800"\n', 2, "character that does not exist", "字符不存在"),
    ],
)
def test_a_wrong_encoding_and_hidden_characters_are_refused_with_their_line(source, line, part, part_zh):
    problem = the_problem(source)

    assert (problem.line, problem.path) == (line, "")
    assert part in problem.message
    assert part_zh in problem.message_zh


@pytest.mark.parametrize(
    ("spelt", "code"), [("\\0", "U+0000"), ("\\u202e", "U+202E"), ("\\x1b", "U+001B"), ("\\_\\e", "U+001B")]
)
@pytest.mark.parametrize("whole", ["name: 新华街道\n", "id: xingfuli-b1\n", "holidays: cn}"])
def test_hidden_characters_are_not_spelt_out_by_a_backslash_either(spelt, code, whole):
    before, _, text = whole.partition(": ")
    hidden = f'{before}: "{spelt}{text.rstrip("}" + chr(10))}"{text[len(text.rstrip("}" + chr(10))) :]}'

    found = problems_of(EXAMPLE.replace(whole, hidden, 1))

    assert found[0].line == EXAMPLE[: EXAMPLE.index(whole)].count("\n") + 1
    assert f"the invisible character {code}" in found[0].message
    assert code in found[0].message_zh


def test_hidden_characters_are_told_once_a_line():
    found = problems_of("a: \u200b\u200b\nb: \u200b\n\nc: \x00\u200b\n")

    assert [each.line for each in found] == [1, 2, 4]


def test_what_stops_the_reading_is_counted_when_there_is_too_much_before_it():
    found = problems_of("a: b\n" * 1_500 + "c: " + "[" * 50)

    assert len(found) == 1_001
    assert found[-1].message == "… and 500 more. Mend these first."


def test_a_file_of_nothing_but_hidden_characters_is_soon_done_with():
    assert len(problems_of("\u200b\n" * 500_000)) == 1_000


@pytest.mark.parametrize(
    "source", [b"\xff\xfe", b"\x80", b"\x00" * 100, "\ud800", b"'", b"{", b"&", b"!", b"%", b"? "]
)
def test_a_few_stray_bytes_are_refused_and_nothing_is_raised(source):
    checked = read_hierarchy(source)

    assert checked.hierarchy is None
    assert checked.problems
