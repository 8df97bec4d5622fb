"""The commands of `liren`, one a file: each adds its words to the parser and says what they run."""
