"""Where in the file a node is made: written out, or by a `repeat`, its own or one around it."""

from storage.hierarchy_edit.origins import find_lines

TEXT = """name: 新华街道
tree:
  - id: xinhua
    children:
      - repeat: "1-3"
        id: c{n}
        children:
          - {repeat: "1-20", id: "c{nn}-b{n:02}"}
          - id: c{n}-hall
      - {id: anju}
"""


def test_each_node_is_found_in_the_line_that_makes_it():
    ids = ["xinhua", "c2", "c3-b07", "c3-b20", "c1-hall", "anju"]

    assert find_lines(TEXT, ids) == {
        "xinhua": 3, "c2": 5, "c3-b07": 8, "c3-b20": 8, "c1-hall": 9, "anju": 10,
    }  # fmt: skip


def test_what_no_line_makes_is_left_out():
    assert find_lines(TEXT, ["c4", "c3-b7", "c3-b21", "nobody"]) == {}
    assert find_lines("tree: [", ["xinhua"]) == {}
