"""What YAML allows and this file does not, and what is no YAML at all."""

import pytest

from tests.storage.hierarchy_file.street import EXAMPLE, changed, line_of, problems_of, the_problem, tree_of


@pytest.mark.parametrize(
    ("old", "new", "path", "part", "part_zh"),
    [
        (
            "name: 王芳",
            "name: &who 王芳",
            "tree[0].children[0].staff[0].name",
            "Anchors (&who)",
            "锚点（&who）",
        ),
        ("[电梯, 困梯, 轿厢]", "&list [电梯]", "categories[0].keywords", "Anchors (&list)", "锚点（&list）"),
        ("name: 王芳", "name: *who", "tree[0].children[0].staff[0].name", "Aliases (*who)", "别名（*who）"),
        (
            "name: 王芳",
            "name: !!str 王芳",
            "tree[0].children[0].staff[0].name",
            "Tags (tag:yaml",
            "标签（tag:yaml",
        ),
        ("[电梯, 困梯, 轿厢]", "!set [电梯]", "categories[0].keywords", "Tags (!set)", "标签（!set）"),
        (
            "name: 王芳",
            "name: 王芳, <<: {role: 甲}",
            "tree[0].children[0].staff[0]",
            "Merge keys (<<)",
            "合并键（<<）",
        ),
    ],
)
def test_a_feature_that_hides_things_is_refused(old, new, path, part, part_zh):
    problem = the_problem(changed((old, new)))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, old), path)
    assert part in problem.message
    assert part_zh in problem.message_zh


@pytest.mark.parametrize(
    ("text", "line", "part", "part_zh"),
    [
        ("a: b\n c: d\n", 2, "A colon stands where none may be", "这里不该出现冒号"),
        ("name：王\nx: 1\n", 2, 'There is a full-width "：": YAML wants ":".', "全角符号“：”"),
        ('a: "x\nb: 1\n', 2, "A quotation mark is opened and never closed", "引号没有成对"),
        ("a: [1,\n  2\nb: 3\n", 3, "Inside […] an entry is not closed", "方括号"),
        ("a: {b: 1\nc: d\n", 2, "Inside {…} an entry is not closed", "花括号"),
        ("a: {n}号楼\n", 1, "a text needs quotes", "需要加引号"),
        ("a: b\n\tc: d\n", 2, "There is a tab: indent with spaces.", "制表符"),
        ("a: @b\n", 1, "A text cannot begin with this character", "不能以这个字符开头"),
        ("a: *\n", 1, "A text cannot begin with & or *", "不能以 & 或 * 开头"),
        ("- a\nb: 1\n", 2, "An entry of a list is indented otherwise", "缩进与其他项不一致"),
        ("a: - b\n", 1, "A dash stands where no list may begin", "不能开始列表"),
        ('a: "\\q"\n', 1, "A backslash inside", "反斜杠"),
        ("a: 1\nb\n", 2, "A key has no colon with a space after it", "缺少英文冒号"),
        ("a: !<x y>\n", 1, "Tags (!…) are not for this file", "标签"),
        ("%\n---\na: 1\n...\n", 1, "Lines that begin with %", "%"),
        ("a: 1\n? b\n: ]\n", 3, "This is no YAML.", "YAML 格式有误"),
        ("a: [\n  - id: x\n", 2, "a list is [one, two], closed in its line", "列表写成 [甲, 乙]"),
        ("{? [a] : b}", 1, "A key must be a plain word", "键只能是一个词"),
        ("---\na: 1\n...\nb: 1\n", 4, "Something follows the closing line", "结束行“...”后面还有内容"),
        ("---\na: 1\n---\nb: 1\n...\n", 3, "A second document begins here", "又开始了一份文档"),
        ("- a\n- b\n", 1, "Keys with values are wanted", "键: 值"),
        ("hello\n", 1, "Keys with values are wanted", "键: 值"),
    ],
)
def test_a_text_that_is_no_hierarchy_is_refused_with_its_line(text, line, part, part_zh):
    problem = problems_of(text)[-1]

    assert (problem.line, problem.path) == (line, "")
    assert part in problem.message
    assert part_zh in problem.message_zh


def test_an_instruction_to_the_parser_is_refused():
    problem = the_problem("%YAML 1.1\n---\n" + EXAMPLE + "...\n")

    assert problem.line == 1
    assert "Lines that begin with %" in problem.message


def test_problems_before_a_mistake_in_the_yaml_are_told_with_it():
    text = changed(("timezone:", "name: 又一个\ntimezone:")) + "\t x"

    first, last = problems_of(text)

    assert (first.path, first.line) == ("name", 5)
    assert last.message.startswith("This is no YAML.")
    assert last.line == text.count("\n") + 1


def test_an_error_that_begins_elsewhere_names_that_line_too():
    problem = the_problem('a: 1\nb: "x\nc: 1\n')

    assert problem.message.endswith("It begins in line 2.")
    assert problem.message_zh.endswith("（从第 2 行开始）")


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "# only a comment\n", "---\n...\n", b""])
def test_an_empty_file_never_means_to_delete_everything(text):
    problem = the_problem(text)

    assert problem.line == 1
    assert problem.message.startswith("hierarchy.yaml is empty. An empty file deletes nothing")
    assert "空文件不会删除任何内容" in problem.message_zh


def test_text_blocks_and_comments_are_welcome():
    advice = "advice: 请勿扒门，按轿厢内紧急呼叫按钮，等待救援。"
    text = changed((advice, "advice: |  # two lines\n      请勿扒门。\n      等待救援。"))

    assert tree_of(text).get_category("elevator").advice == "请勿扒门。\n等待救援。\n"
