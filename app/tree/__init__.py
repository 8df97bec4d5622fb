"""The hierarchy in force and its workshop: the file, its versions, what an edit means, what is wrong in practice."""
