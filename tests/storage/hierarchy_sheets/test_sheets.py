"""The tree as a spreadsheet and back: nothing changes by the way, edits are taken, and what is wrong has its row."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from storage.hierarchy_file import read_hierarchy
from storage.hierarchy_sheets import Taken, read_sheets, write_sheets
from storage.hierarchy_sheets.columns import GROUPS, PLACES, STAFF
from tests.storage.hierarchy_edit.test_acts import BLOCK, lines, tree_of
from tests.storage.hierarchy_file.street import SHIPPED


@pytest.fixture
def book() -> Workbook:
    return load_workbook(BytesIO(write_sheets(tree_of(BLOCK), series={"b2", "b3", "b4"})))


def taken(book: Workbook, text: str = BLOCK) -> Taken:
    held = BytesIO()
    book.save(held)
    return read_sheets(text, held.getvalue())


def row_of(book: Workbook, sheet: str, own_id: str) -> int:
    return next(row[0].row for row in book[sheet].iter_rows(min_row=2) if row[0].value == own_id)


def cell(book: Workbook, sheet: str, own_id: str, column: str):
    page = book[sheet]
    at = next(each.column for each in page[1] if column in each.value.split())
    return page.cell(row_of(book, sheet, own_id), at)


def test_a_file_that_comes_back_as_it_went_changes_nothing(book: Workbook):
    assert taken(book) == Taken(BLOCK)


def test_no_cell_is_a_formula_and_no_id_loses_its_zeros():
    text = BLOCK.replace("name: 街道工作群", 'name: "=HYPERLINK(1)"').replace("id: b1\n", "id: 010101\n")

    book = load_workbook(BytesIO(write_sheets(tree_of(text))))

    cells = [each for sheet in book for row in sheet.iter_rows() for each in row if each.value is not None]
    assert {each.data_type for each in cells} == {"s"}
    assert {"=HYPERLINK(1)", "010101"} <= {each.value for each in cells}
    assert taken(book, text).text == text


def test_edits_are_taken_line_by_line(book: Workbook):
    cell(book, PLACES, "b1", "name").value = "东楼"
    cell(book, STAFF, "zhao", "role").value = "街道专员"
    book[PLACES].append(["h1", "1号楼", "楼栋", "和平里社区", "老一号，红楼"])
    book[GROUPS].append(["h1-g", "居民群", "居民群", "h1", -1001005])
    book[STAFF].append(["sun", "孙丽", "网格员", "hepingli", "x-staff, h1-g"])

    result = taken(book)

    assert result.faults == ()
    gone, came = lines(BLOCK, result.text or "")
    assert gone == ["- {id: zhao, name: 赵敏, groups: [x-staff]}   # 专员", "name: 1号楼    # 老楼"]
    assert "- {id: zhao, name: 赵敏, role: 街道专员, groups: [x-staff]}   # 专员" in came
    tree = tree_of(result.text or "")
    assert tree.get_node("h1").aliases == ("老一号", "红楼")
    assert tree.groups["h1-g"].chats["telegram"] == "-1001005"
    assert tree.staff["sun"].groups == ("x-staff", "h1-g")


def test_wide_digits_and_letters_of_a_chinese_keyboard_are_those_of_an_id(book: Workbook):
    book[PLACES].append(["ｈ－１", "１号楼", "楼栋", "ｈepingli"])
    book[GROUPS].append(["h-1-ｇ", "居民群", "居民群", "h-１", "－１００１００５"])

    result = taken(book)

    assert result.faults == ()
    group = tree_of(result.text or "").groups["h-1-g"]
    assert (group.node_id, group.chats["telegram"]) == ("h-1", "-1001005")
    assert tree_of(result.text or "").get_node("h-1").name == "１号楼"


def test_rows_of_other_places_are_passed_over_unless_they_were_changed():
    book = load_workbook(BytesIO(write_sheets(tree_of(BLOCK))))
    held = BytesIO()
    cell(book, PLACES, "b1", "name").value = "东楼"
    book.save(held)
    above = tree_of(BLOCK).get_node("b1").parent_id or ""
    part = read_sheets(BLOCK, held.getvalue(), top=above)
    elsewhere = read_sheets(BLOCK, held.getvalue(), top="hepingli")

    assert part.text is not None
    assert tree_of(part.text).get_node("b1").name == "东楼"
    assert elsewhere.text is None
    assert [each.row for each in elsewhere.faults] == [row_of(book, PLACES, "b1")]
    assert "“b1”在别处" in elsewhere.faults[0].message_zh


def test_an_edited_building_of_a_series_is_written_out_and_the_others_stay(book: Workbook):
    cell(book, GROUPS, "b3-residents", "telegram").value = "-100333"

    result = taken(book)

    assert result.singled_out == ("b3",)
    tree = tree_of(result.text or "")
    assert tree.groups["b3-residents"].chats["telegram"] == "-100333"
    assert 'repeat: "2,4"' in (result.text or "")


def test_a_row_that_is_gone_takes_what_belongs_to_it_along(book: Workbook):
    book[PLACES].delete_rows(row_of(book, PLACES, "b1"))
    book[PLACES].delete_rows(row_of(book, PLACES, "b4"))

    tree = tree_of(taken(book).text or "")

    assert not {"b1", "b4"} & tree.nodes.keys()
    assert tree.groups.keys() == {"x-staff", "b2-residents", "b3-residents"}


def test_places_and_groups_move_by_their_cell(book: Workbook):
    cell(book, PLACES, "b1", "parent").value = "hepingli"
    cell(book, GROUPS, "b2-residents", "node").value = "xingfuli"

    result = taken(book)

    tree = tree_of(result.text or "")
    assert tree.get_node("b1").parent_id == "hepingli"
    assert tree.groups["b2-residents"].node_id == "xingfuli"
    assert "# 一号楼要拆" in (result.text or "")


def test_a_sheet_and_a_column_that_are_not_there_stay_as_they_are(book: Workbook):
    del book[STAFF]
    book[GROUPS].delete_cols(5, 20)

    assert taken(book).text == BLOCK


def test_a_sheet_as_people_keep_one_is_read_all_the_same(book: Workbook):
    """A title above the table, a parent merged over its buildings, an empty row, a column of one's own, names."""
    places = book[PLACES]
    places.insert_cols(2)
    places["B1"].value = "备注"
    begin = places.max_row + 2
    for at in range(3):
        for column, value in ((1, f"h{at}"), (3, f" {at + 1}号楼 "), (4, "楼栋")):
            places.cell(begin + at, column).value = value
    places.cell(begin, 5).value = "和平里社区"
    places.merge_cells(start_row=begin, end_row=begin + 2, start_column=5, end_column=5)
    book[GROUPS].insert_rows(1)
    book[GROUPS]["A1"].value = "各楼的群"
    book[GROUPS].append(["h0-g", "一号楼业主群", "业主", "h0"])
    book[STAFF].append(["sun", "孙丽", "网格员", "h0", "一号楼业主群"])

    result = taken(book)

    assert result.text is not None, result.faults
    added = tree_of(result.text)
    assert [added.nodes[f"h{at}"].name for at in range(3)] == ["1号楼", "2号楼", "3号楼"]
    assert {added.nodes[f"h{at}"].parent_id for at in range(3)} == {"hepingli"}
    assert added.staff["sun"].groups == ("h0-g",)
    assert added.groups["h0-g"].kind == "owners"


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        (PLACES, ["", "无编号", "楼栋", "hepingli"], "这些格子是空的：编号 id"),
        (PLACES, ["b1", "又是", "楼栋", "hepingli"], "重复了"),
        (PLACES, ["h1", "1号楼", "小区", "hepingli"], "没有“小区”这个层级"),
        (PLACES, ["h1", "1号楼", "楼栋"], "上级 parent：这一格是空的"),
        (PLACES, ["h1", "1号楼", "楼栋", "没有社区"], "没有“没有社区”这个地方"),
        (GROUPS, ["g", "=1+1", "staff", "hepingli"], "公式"),
        (STAFF, ["li", "李", "", "hepingli", "没有的群"], "没有编号为“没有的群”的群"),
        (STAFF, ["li", "李", "", "hepingli", "b1-residents"], "没有上下级关系"),
        (GROUPS, ["g", "群", "staff", "hepingli", "not-a-number"], "不是 Telegram 编号"),
    ],
)
def test_every_problem_has_its_sheet_and_its_row(book: Workbook, sheet: str, row: list[str], said: str):
    book[sheet].append(row)
    at = book[sheet].max_row

    result = taken(book)

    assert result.text is None
    assert [(each.sheet, each.row) for each in result.faults] == [(sheet, at)]
    assert said in result.faults[0].message_zh
    assert result.faults[0].message


def test_columns_that_are_missing_are_named(book: Workbook):
    book[GROUPS].delete_cols(1)

    assert [(each.sheet, each.row) for each in taken(book).faults] == [(GROUPS, 1)]


def test_what_is_no_spreadsheet_is_refused_in_words():
    for content in (b"", b"junk", _packed(b"<x/>"), write_sheets(tree_of(BLOCK))[:-200]):
        result = read_sheets(BLOCK, content)
        assert result.text is None
        assert len(result.faults) == 1


def _packed(content: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("[Content_Types].xml", content)
    return held.getvalue()


def test_the_shipped_file_goes_and_comes_back():
    tree = read_hierarchy(SHIPPED).hierarchy
    assert tree is not None
    assert read_sheets(SHIPPED, write_sheets(tree)) == Taken(SHIPPED)
