"""Edits the text of `hierarchy.yaml` in place: comments, order and every line that is not meant stay as they are."""
