"""Where lines begin and end in a text, and cutting and sewing by position."""


def column_of(text: str, at: int) -> int:
    return at - line_start(text, at)


def line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where its end of line stands, the end of the text in the last."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def splice(text: str, start: int, end: int, piece: str) -> str:
    return text[:start] + piece + text[end:]


def insert_lines(text: str, after: int, lines: list[str]) -> str:
    """Below the line in which the position stands."""
    end = line_end(text, after)
    if end == len(text) and not text.endswith("\n"):
        return f"{text}\n" + "\n".join(lines) + "\n"
    at = end + 1
    return splice(text, at, at, "".join(f"{each}\n" for each in lines))


def above_comments(text: str, start: int) -> int:
    """The beginning of the line, or of the comment lines right above it that are indented alike."""
    column = column_of(text, start)
    at = line_start(text, start)
    while at > 0:
        above = line_start(text, at - 1)
        line = text[above : at - 1]
        if not line.strip().startswith("#") or len(line) - len(line.lstrip()) != column:
            return at
        at = above
    return at


def dedent(line: str, column: int) -> str:
    return line[column:] if not line[:column].strip() else line.lstrip()
