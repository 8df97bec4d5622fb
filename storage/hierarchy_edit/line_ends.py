"""How the lines of a file end. Browsers and forms end them in their own way; the file keeps the way it was written."""


def end_lines_as(text: str, like: str) -> str:
    """With the ends that most lines of the other text have."""
    plain = text.replace("\r\n", "\n")
    return plain.replace("\n", "\r\n") if 2 * like.count("\r\n") > like.count("\n") else plain
