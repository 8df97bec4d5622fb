"""The figures in a real browser: what a chart draws is what its table says, on any screen, by day and by night."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import assert_accessible
from tests.admin_web.auth.live_office import LiveOffice, running_office
from tests.admin_web.figures_house import live_through_a_day
from tests.admin_web.test_office_pages import assert_fits, sign_in
from tests.stories.conftest import _migrated_file

__all__ = ["_migrated_file"]

HEAVIEST_PAGE = 300_000
PAGES = {"": 2, "/levels": 1, "/places": 1, "/voices": 1}
"""How many charts stand on each."""

DRAWN = """() => [...document.querySelectorAll('canvas')].map(canvas => {
  const chart = Chart.getChart(canvas);
  return {
    table: canvas.closest('[data-table]').dataset.table,
    title: canvas.getAttribute('aria-label'),
    labels: chart.data.labels,
    series: Object.fromEntries(chart.data.datasets.map(each => [each.label, each.data])),
  };
})"""
SHOWN = """key => {
  const table = document.getElementById(key);
  const heads = [...table.querySelectorAll('thead th')].map(each => each.textContent.trim());
  return [...table.tBodies[0].rows].map(row => Object.fromEntries(
    [...row.cells].map((cell, at) => [heads[at], cell.querySelector('.share, .tag, a')?.textContent.trim()
      ?? cell.textContent.trim()])));
}"""


@pytest.fixture(scope="module")
def live(_migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveOffice]:
    """One for all tests here, which only look."""
    folder = tmp_path_factory.mktemp("figures")
    (folder / "liren.db").write_bytes(_migrated_file.read_bytes())
    with running_office(f"sqlite:///{folder / 'liren.db'}", folder) as live:
        live.office.add("wangfang")
        live_through_a_day(live.office)
        yield live


def say(value) -> str:
    """A drawn value as the table writes it."""
    if value is None:
        return "—"
    if isinstance(value, list):
        return " – ".join(f"{each:.0f}%" for each in value)
    return f"{value:.0f}"


def assert_drawn_as_shown(page: Page, charts: int) -> None:
    drawn = page.evaluate(DRAWN)
    assert len(drawn) == charts
    for chart in drawn:
        rows = page.evaluate(SHOWN, chart["table"])
        first = next(iter(rows[0]))
        by_name = {row[first]: row for row in rows}
        assert chart["title"].startswith("图：")
        assert chart["labels"]
        for title, values in chart["series"].items():
            shown = [by_name[label][title] for label in chart["labels"]]
            assert [say(each) for each in values] == [
                each.removesuffix("%") if "–" not in each else each for each in shown
            ]


def test_a_chart_says_what_its_table_says(phone_page: Page, live: LiveOffice):
    page = phone_page
    sign_in(page, live, "wangfang")
    page.wait_for_url("**/admin")
    page.get_by_role("navigation").get_by_role("link", name="统计").click()
    for path, charts in PAGES.items():
        page.goto(f"{live.url}/admin/figures{path}?period=7d")
        expect(page.locator("canvas:visible")).to_have_count(charts)
        assert_drawn_as_shown(page, charts)
        assert_fits(page)

    page.goto(f"{live.url}/admin/figures?period=7d")
    page.get_by_text("看表格").first.click()
    expect(page.get_by_role("rowheader", name="2026-11-24")).to_be_visible()
    page.get_by_text("按期办结率").first.click()
    expect(page.get_by_text("在办结时限内办结的 ÷ 到期的派单")).to_be_visible()


# Not Playwright's own waiting, which evaluates a text in the page whenever it looks a second time.
COLOUR_AFTER = """async before => {
  const colour = () => Chart.getChart(document.querySelector('canvas')).data.datasets[0].backgroundColor;
  for (let frame = 0; frame < 300 && colour() === before; frame++) await new Promise(requestAnimationFrame);
  return colour();
}"""


def test_charts_follow_the_night_and_everybody_can_read_the_pages(desktop_page: Page, live: LiveOffice):
    page = desktop_page
    sizes: list[int] = []
    sign_in(page, live, "wangfang")
    page.wait_for_url("**/admin")
    page.on("response", lambda answer: sizes.append(len(answer.body()) if answer.ok else 0))
    page.goto(f"{live.url}/admin/figures?period=7d")
    expect(page.locator("canvas:visible")).to_have_count(2)
    by_day = page.evaluate(COLOUR_AFTER, "")

    assert 0 < sum(sizes) < HEAVIEST_PAGE
    page.emulate_media(color_scheme="dark")

    assert page.evaluate(COLOUR_AFTER, by_day) != by_day
    for path in ("", "/levels", "/places", "/voices", "/bulletin"):
        page.goto(f"{live.url}/admin/figures{path}?period=7d&month=2026-11")
        for summary in page.locator("main summary:visible").all():
            summary.click()
        assert_accessible(page)


def test_on_paper_a_page_says_what_it_says_without_what_one_taps(desktop_page: Page, live: LiveOffice):
    page = desktop_page
    sign_in(page, live, "wangfang")
    page.wait_for_url("**/admin")
    page.goto(f"{live.url}/admin/figures?period=7d")

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="各项比率")).to_be_visible()
    expect(page.locator("canvas:visible")).to_have_count(2)
    expect(page.locator("nav:visible, .button:visible")).to_have_count(0)
