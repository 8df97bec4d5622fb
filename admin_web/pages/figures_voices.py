"""The tables about people: who speaks from where, which places are silent, and what many told of. No name, no words."""

from collections.abc import Callable, Sequence
from datetime import datetime

from admin_web.pages.figures_tables import Cell, Column, Kind, Table, count_cell, text_cell
from admin_web.pages.figures_views import Views
from routing.hot_matters import HotMatter
from routing.voices import Heard

_STOPS_SHOWN = 4


def make_voices(views: Views, heard: Heard) -> Table:
    """Most people first."""
    ordered = sorted(heard.by_place.items(), key=lambda each: (-each[1][0], -each[1][1], each[0]))
    rows = [
        [text_cell(views.name_place_in_full(place)), count_cell(people), count_cell(reports)]
        for place, (people, reports) in ordered
    ]
    return _table(
        views, "voices", [("place", Kind.TEXT), ("people", Kind.COUNT), ("reports", Kind.COUNT)], rows
    )


def make_silent(views: Views, heard: Heard) -> Table:
    rows = [[text_cell(views.name_place_in_full(each))] for each in heard.silent]
    return _table(views, "silent", [("place", Kind.TEXT)], rows)


def make_hot(
    views: Views, matters: Sequence[HotMatter], *, tickets: str, show_day: Callable[[datetime], str]
) -> Table:
    """`tickets` is the address before a ticket's number, empty where no page shows one."""
    rows = [
        [
            text_cell(f"#{each.number}", path=f"{tickets}{each.number}" if tickets else ""),
            text_cell(views.name_category(each.category)),
            count_cell(each.reporters),
            text_cell(_say_path(views, each)),
            text_cell(show_day(each.until)),
        ]
        for each in matters
    ]
    columns = [
        ("matter", Kind.TEXT),
        ("category", Kind.TEXT),
        ("people", Kind.COUNT),
        ("path", Kind.TEXT),
        ("last_told", Kind.TEXT),
    ]
    return _table(views, "hot", columns, rows)


def _say_path(views: Views, matter: HotMatter) -> str:
    names = [views.name_place_in_full(each.node_id) for each in matter.path]
    shown = " → ".join(names[:_STOPS_SHOWN])
    rest = len(names) - _STOPS_SHOWN
    return f"{shown} {views.t('figures.more_stops', n=rest)}" if rest > 0 else shown


def _table(
    views: Views, key: str, columns: Sequence[tuple[str, Kind]], rows: Sequence[Sequence[Cell]]
) -> Table:
    titles = [Column(views.t(f"figures.{word}"), kind) for word, kind in columns]
    return Table(key, views.t(f"figures.table.{key}"), titles, rows)
