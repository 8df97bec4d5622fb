"""The optional section `manners:`; what is absent has its default."""

import re

from routing.hierarchy import Manners, SameMatter
from routing.hierarchy_index import DEFAULT_MANNERS
from storage.hierarchy_file.fields import Fields
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.spans import find_elapsed, find_span
from storage.hierarchy_file.values import Text

_KEYS = (
    "approve_over",
    "hand_back_reasons",
    "urge_every",
    "supervise_every",
    "quiet",
    "join_within",
    "bundle_over",
    "bundle_within",
    "ask_below",
    "same_matter",
)
_LONGEST_REASON = 20
_NIGHT = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")


def read_manners(fields: Fields, report: Report) -> Manners:
    at = fields.find_map("manners")
    if at is None:
        return DEFAULT_MANNERS
    own = Fields(at, _KEYS, report)
    ask_below = own.find_number("ask_below", least=0, most=100)
    reasons = tuple(each.value for each in own.find_texts("hand_back_reasons", longest=_LONGEST_REASON))
    return Manners(
        approve_over=find_span(own, "approve_over", report) or DEFAULT_MANNERS.approve_over,
        hand_back_reasons=reasons or DEFAULT_MANNERS.hand_back_reasons,
        urge_every=find_elapsed(own, "urge_every", report) or DEFAULT_MANNERS.urge_every,
        supervise_every=find_span(own, "supervise_every", report) or DEFAULT_MANNERS.supervise_every,
        quiet=_read_quiet(own, report),
        join_within=find_elapsed(own, "join_within", report) or DEFAULT_MANNERS.join_within,
        bundle_over=own.find_number("bundle_over", least=1, most=1_000) or DEFAULT_MANNERS.bundle_over,
        bundle_within=find_elapsed(own, "bundle_within", report) or DEFAULT_MANNERS.bundle_within,
        ask_below=DEFAULT_MANNERS.ask_below if ask_below is None else ask_below,
        same_matter=_read_same_matter(own, report),
    )


def _read_same_matter(own: Fields, report: Report) -> SameMatter:
    text = own.find_text("same_matter")
    if text is None:
        return DEFAULT_MANNERS.same_matter
    try:
        return SameMatter(text.value)
    except ValueError:
        near, near_zh = suggest(text.value, [each.value for each in SameMatter])
        report.problem(
            text,
            f'"{clip(text.value)}" is not one of join, offer, off.{near}',
            f"“{clip(text.value)}”不对，只能写 join、offer 或 off。{near_zh}",
        )
        return DEFAULT_MANNERS.same_matter


def _read_quiet(own: Fields, report: Report) -> tuple[int, int] | None:
    texts = own.find_texts("quiet")
    if len(texts) > 1:
        report.problem(
            own.at,
            'Only one quiet time can be given, such as ["21:30-07:30"]; it may go past midnight.',
            '免打扰时段只能写一段，例如 ["21:30-07:30"]，可以跨过零点。',
            key="quiet",
        )
    return _read_night(texts[0], report) if texts else None


def _read_night(text: Text, report: Report) -> tuple[int, int] | None:
    """Minutes of the local day, [from, until); `until` is the smaller one when it goes past midnight."""
    match = _NIGHT.fullmatch(text.value)
    numbers = [int(each) for each in match.groups()] if match else [0, 0, 0, 0]
    begins, ends = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if begins == ends:
        report.problem(
            text,
            f'"{clip(text.value)}" is no quiet time: write "21:30-07:30"; it may go past midnight.',
            f'“{clip(text.value)}”不是有效的免打扰时段，请写成 "21:30-07:30"，可以跨过零点。',
        )
        return None
    return begins, ends
