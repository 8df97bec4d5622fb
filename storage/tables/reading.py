"""The tables of the reader: what people taught it, and the models made from that. No model can run anything."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.column_types import BigKey, CleanText, Record, UtcDateTime


class LessonRow(Record, table=True):
    """A text that a town brought with it, with its category. Staff's sorting stands at the tickets."""

    __tablename__ = "lesson"

    digest: str = Field(sa_type=CleanText, primary_key=True)
    text: str = Field(sa_type=CleanText)
    category: str = Field(sa_type=CleanText)
    taught_at: datetime = Field(sa_type=UtcDateTime)


class ReaderModelRow(Record, table=True):
    """`categories` is the digest of the category ids that it answers with; `content` is plain numbers."""

    __tablename__ = "reader_model"
    __table_args__ = (sa.Index("ix_reader_model_categories", "categories", "model_id"),)

    model_id: int | None = Field(default=None, sa_type=BigKey, primary_key=True)
    categories: str = Field(sa_type=CleanText)
    hierarchy_version: int
    lessons: int
    figures: str = Field(sa_type=CleanText)
    content: bytes = Field(sa_type=sa.LargeBinary)
    made_at: datetime = Field(sa_type=UtcDateTime)


LESSON = Record.metadata.tables["lesson"]
READER_MODEL = Record.metadata.tables["reader_model"]
