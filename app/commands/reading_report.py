"""`liren understand --report`: how well this house reads, in lines for people."""

from collections.abc import Iterator

from app.reading.report import ReadingReport
from routing.hierarchy import Hierarchy
from routing.reading_record import Tally

_EXAMPLES_SHOWN = 10
_CONFUSIONS_SHOWN = 10
_LONGEST = 40


def say_report(report: ReadingReport, tree: Hierarchy) -> str:
    return "\n".join(
        [
            f"{report.since:%Y-%m-%d} to {report.until:%Y-%m-%d}, {report.tally.reports} reports",
            *_say_reader(report),
            *_say_tally(report.tally, tree),
            *_say_silent(report, tree),
            *_say_examples(report, tree),
        ]
    )


def _say_reader(report: ReadingReport) -> Iterator[str]:
    model = report.model
    if model is None:
        yield f"reader: the words of the file; {sum(report.taught.values())} lessons so far"
        return
    yield (
        f"reader: learned from {model.lessons} lessons on {model.made_at:%Y-%m-%d}; on lessons not seen accuracy "
        f"{model.accuracy:.3f}, macro-F1 {model.macro_f1:.3f}, calibration error {model.calibration_error:.3f}"
    )


def _say_tally(tally: Tally, tree: Hierarchy) -> Iterator[str]:
    if not tally.judged:
        yield "right: nobody has sorted, confirmed or worked on a report to the end in this time"
        return
    yield f"right: {tally.right} of {tally.judged} ({tally.right / tally.judged:.1%}) that staff have said"
    for each in tally.categories:
        share = f"{each.right / each.read:.1%}" if each.read else "-"
        yield (
            f"  {tree.get_category(each.category_id).name}: right {each.right} of {each.read} ({share}), "
            f"{each.meant} truly are"
        )
    if tally.confusions:
        yield "confuses:"
    for pair in tally.confusions[:_CONFUSIONS_SHOWN]:
        read_as, truth = tree.get_category(pair.read_as).name, tree.get_category(pair.truth).name
        yield f"  {read_as} that is {truth}: {pair.count}"


def _say_silent(report: ReadingReport, tree: Hierarchy) -> Iterator[str]:
    if not report.tally.reports:
        return
    if report.silent:
        yield "keywords that stood in no report:"
    for category_id, words in report.silent.items():
        yield f"  {tree.get_category(category_id).name}: {'、'.join(words)}"


def _say_examples(report: ReadingReport, tree: Hierarchy) -> Iterator[str]:
    yield (
        f"not sorted by anybody: {report.waiting}; the most useful to sort:"
        if report.waiting
        else "all is sorted"
    )
    for each in report.examples[:_EXAMPLES_SHOWN]:
        read = each.report.reading
        said = " ".join(each.report.text.split())[:_LONGEST]
        yield f"  #{each.report.number} {tree.get_category(read.category).name} {read.sorting_certainty:.2f}  {said}"
