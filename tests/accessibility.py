"""Whether everybody can use a page, by axe in the browser that shows it: WCAG 2.2 AA, both screens, day and night."""

from importlib import resources
from typing import Any, Literal

from playwright.sync_api import Page, ViewportSize

from tests.chromium import DESKTOP, PHONE

Scheme = Literal["light", "dark"]

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
GRAVE = ("serious", "critical")
TARGETS_SHOWN = 3

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Among those of WCAG 2.2, and off until it is asked for.
    "rules": {"target-size": {"enabled": True}},
}
LOOK = """async rules => {
  const found = await axe.run(document, { ...rules, resultTypes: ['violations'], iframes: false });
  return found.violations.map(each => ({
    rule: each.id,
    impact: each.impact,
    help: each.help,
    at: each.nodes.map(node => [node.target.join(' '), node.failureSummary.split('\\n')[1]?.trim()]),
  }));
}"""


def assert_accessible(page: Page) -> None:
    """Fails by what is serious or critical and prints the rest, which pytest shows of a test that fails.

    Looks twice, as looking is slow: at the page as it is, and by the other light on the screen of the other size; no
    colour of ours depends on the size. Both are put back. The script comes by the debugging protocol, so that the page
    keeps its content policy.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    size = page.viewport_size
    assert size is not None
    shown: Scheme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
    other: Scheme = "light" if shown == "dark" else "dark"
    try:
        found = _look(page, shown)
        page.emulate_media(color_scheme=other)
        page.set_viewport_size(_other_size(size))
        found += _look(page, other)
    finally:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=shown)
    slight = dict.fromkeys(line for is_grave, line in found if not is_grave)
    grave = dict.fromkeys(line for is_grave, line in found if is_grave)
    print(*slight, sep="\n")
    assert not grave, "\n".join([f"{page.url} is not for everybody:", *grave])


def _look(page: Page, scheme: Scheme) -> list[tuple[bool, str]]:
    size = page.viewport_size
    assert size is not None
    seen = f"{size['width']} px, {scheme}"
    return [(each["impact"] in GRAVE, _tell(seen, each)) for each in page.evaluate(LOOK, RULES)]


def _other_size(size: ViewportSize) -> ViewportSize:
    other = DESKTOP if size["width"] <= PHONE.width else PHONE
    return {"width": other.width, "height": other.height}


def _tell(seen: str, found: dict[str, Any]) -> str:
    """Rule, where, and why; of many places the first few."""
    places = [f"    {target}: {why}" for target, why in found["at"][:TARGETS_SHOWN]]
    more = [f"    and {len(found['at']) - TARGETS_SHOWN} more"] if len(found["at"]) > TARGETS_SHOWN else []
    return "\n".join([f"  {found['rule']} ({found['impact']}, {seen}): {found['help']}", *places, *more])
