"""The monthly bulletin as sentences: plain words, few figures, and none so small that it points at somebody. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from admin_web.pages.figures_ports import OpenMatter, Period, PlaceFigures
from admin_web.pages.figures_tables import say_share
from admin_web.pages.figures_views import Views
from admin_web.words import Language
from routing.figure_counts import Counts
from routing.figure_rates import RateName, find_half, rate_of
from routing.hot_matters import HotMatter
from routing.metrics import Rate
from routing.voices import Heard

_MOST_NAMED = 3
_BETWEEN = {Language.ZH: "、", Language.EN: ", "}
LONG_OPEN = timedelta(days=7)
"""What is open for less time is just being done."""


@dataclass(frozen=True, slots=True)
class Month:
    """All that a bulletin is made from. `today` and `as_of` are when it is written, local to the tree."""

    place: str
    first: date
    period: Period
    figures: PlaceFigures
    before: Counts
    heard: Heard
    hot: Sequence[HotMatter]
    oldest: Sequence[OpenMatter]
    today: date
    as_of: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """`numbers` are (word, number, unit), `sections` (heading, sentences)."""

    title: str
    month: str
    numbers: Sequence[tuple[str, str, str]]
    sections: Sequence[tuple[str, Sequence[str]]]
    foot: Sequence[str]


class BulletinWriter:
    def __init__(self, views: Views, month: Month) -> None:
        self._views = views
        self._t = views.t
        self._month = month
        self._whole = month.figures.whole
        self._few = views.smallest_n

    def write(self) -> Bulletin:
        month, t = self._month, self._t
        sections = (
            ("bulletin.said.title", self._say_reported()),
            ("bulletin.done.title", self._say_done()),
            ("bulletin.hot.title", self._say_hot()),
            ("bulletin.open.title", self._say_open()),
            ("bulletin.thanks.title", self._say_thanks()),
        )
        written = [(t(key), list(sentences)) for key, sentences in sections]
        return Bulletin(
            title=t("bulletin.title", place=self._views.name_place_in_full(month.place)),
            month=t("bulletin.month", year=month.first.year, month=month.first.month),
            numbers=list(self._numbers()),
            sections=[(title, sentences) for title, sentences in written if sentences],
            foot=[t("bulletin.foot.how"), t("bulletin.foot.what", now=month.as_of, n=self._few)],
        )

    def _numbers(self) -> Iterator[tuple[str, str, str]]:
        if self._whole.tickets < self._few:
            return
        for key, count in (("reported", self._whole.tickets), ("solved", self._whole.solved)):
            is_shown = count >= self._few
            number = f"{count:,}" if is_shown else self._t("bulletin.few", n=self._few)
            yield self._t(f"bulletin.{key}"), number, self._t("bulletin.cases") if is_shown else ""
        on_time = self._rate(RateName.ON_TIME)
        if on_time.value is not None:
            yield self._t("bulletin.on_time"), say_share(on_time.value), f"{on_time.count}/{on_time.n}"

    def _say_reported(self) -> Iterator[str]:
        t, n, before = self._t, self._whole.tickets, self._month.before.tickets
        if n < self._few:
            yield t("bulletin.said.few", n=self._few) if n else t("bulletin.said.nothing")
            return
        yield self._compare(n, before)
        if self._is_going_on:
            yield t("bulletin.so_far", day=self._say_day(self._month.today))
        if self._month.heard.people >= self._few:
            yield t("bulletin.said.people", people=self._month.heard.people)
        most = self._list_named({each: c.tickets for each, c in self._month.figures.by_category.items()})
        if most:
            yield t("bulletin.said.most", list=most)

    def _compare(self, n: int, before: int) -> str:
        """A month that goes on is not compared with a whole one, nor with one too small to tell."""
        if self._is_going_on or before < self._few:
            return self._t("bulletin.said.plain", n=n)
        if n == before:
            return self._t("bulletin.said.same", n=n)
        return self._t("bulletin.said.more" if n > before else "bulletin.said.less", n=n, d=abs(n - before))

    def _say_done(self) -> Iterator[str]:
        t, whole = self._t, self._whole
        if whole.tickets < self._few:
            return
        yield self._say_solved(whole)
        if whole.status_merged >= self._few:
            yield t("bulletin.done.merged", n=whole.status_merged)
        half = find_half(whole, "solved", smallest_n=self._few)
        if half is not None:
            span = t(f"figures.within.{half}") if half else ""
            yield t("bulletin.done.half", span=span) if half else t("bulletin.done.slow")
        on_time, satisfied = self._rate(RateName.ON_TIME), self._rate(RateName.SATISFACTION)
        if on_time.value is not None:
            share = say_share(on_time.value)
            yield t("bulletin.done.on_time", share=share, count=on_time.count, n=on_time.n)
        if satisfied.value is None:
            yield t("bulletin.done.unrated")
            return
        share = say_share(satisfied.value)
        yield t("bulletin.done.satisfied", share=share, count=satisfied.count, n=satisfied.n)

    def _say_solved(self, whole: Counts) -> str:
        still = whole.status_open + whole.status_claimed + whole.status_waiting
        values: dict[str, object] = {"solved": whole.solved, "open": still}
        values["day"] = self._say_day(self._month.today)
        if whole.solved < self._few:
            return self._t("bulletin.done.none", day=values["day"])
        if not still:
            return self._t("bulletin.done.all")
        if still < self._few:
            return self._t("bulletin.done.most", day=values["day"], solved=whole.solved)
        return self._t("bulletin.done.some", **values)

    def _say_hot(self) -> Iterator[str]:
        for each in [one for one in self._month.hot if one.reporters >= self._few][:_MOST_NAMED]:
            names = [self._views.name_place_in_full(stop.node_id) for stop in each.path[:_MOST_NAMED]]
            where = _BETWEEN[self._t.language].join(names)
            category = self._views.name_category(each.category)
            yield self._t("bulletin.hot.one", n=each.reporters, where=where, category=category)

    def _say_open(self) -> Iterator[str]:
        """Without the place, which together with the matter could point at who told of it."""
        zone = ZoneInfo(self._views.tree.timezone)
        days = [(each, each.opened_at.astimezone(zone).date()) for each in self._month.oldest]
        long = [(each, day) for each, day in days if self._month.today - day >= LONG_OPEN]
        long = [(each, day) for each, day in long if day < self._month.period.until]
        for each, day in long[:_MOST_NAMED]:
            category = self._views.name_category(each.category)
            days_open = (self._month.today - day).days
            yield self._t("bulletin.open.one", day=self._say_day(day), category=category, n=days_open)
        if long:
            yield self._t("bulletin.open.promise")

    def _say_thanks(self) -> Iterator[str]:
        yield self._t("bulletin.thanks.speakers")
        levels = self._month.figures.by_level
        done = [
            (each.name, levels[each.level_id].solved)
            for each in self._views.tree.levels
            if each.level_id in levels and levels[each.level_id].solved >= self._few
        ]
        if not done:
            yield self._t("bulletin.thanks.all")
            return
        named = [self._t("bulletin.thanks.item", name=name, n=n) for name, n in done]
        yield self._t("bulletin.thanks.doers", list=_BETWEEN[self._t.language].join(named))

    def _say_day(self, day: date) -> str:
        return self._t("bulletin.day", month=day.month, day=day.day)

    def _list_named(self, counts: Mapping[str, int]) -> str:
        named = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        said = [
            self._t("bulletin.item", name=self._views.name_category(category), n=n)
            for category, n in named[:_MOST_NAMED]
            if n >= self._few
        ]
        return _BETWEEN[self._t.language].join(said)

    def _rate(self, name: RateName) -> Rate:
        return rate_of(self._whole, name, smallest_n=self._few)

    @property
    def _is_going_on(self) -> bool:
        return self._month.today < self._month.period.until
