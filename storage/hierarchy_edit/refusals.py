"""Why an act on the tree cannot be done, for people: a key, its values, and the field that should be mended."""


class ActRefusedError(Exception):
    """`key` is the last part of a text's key, such as "id_taken"."""

    def __init__(self, key: str, *, field: str = "", **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.values = values
