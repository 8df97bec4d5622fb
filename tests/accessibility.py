"""Whether a page can be used by everybody, judged by axe in the browser that shows it: WCAG 2.2 AA, by day and by night."""

from importlib import resources
from typing import Any, Literal

from playwright.sync_api import Page

Scheme = Literal["light", "dark"]

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = ("serious", "critical")
TARGETS_SHOWN = 3

LOAD = "() => 'axe' in window"
LOOK = """async only => {
  const runOnly = only.rules ?? only.tags;
  const found = await axe.run(document, {
    runOnly: { type: only.rules ? 'rule' : 'tag', values: runOnly },
    resultTypes: ['violations'],
    elementRef: false,
    iframes: false,
    // Asked for, because it is not among the tags until it is common.
    rules: only.rules ? {} : { 'target-size': { enabled: true } },
  });
  return found.violations.map(each => ({
    rule: each.id,
    impact: each.impact,
    help: each.help,
    at: each.nodes.map(node => [node.target.join(' '), node.failureSummary.split('\\n').slice(1).join(' ').trim()]),
  }));
}"""


def assert_accessible(page: Page) -> None:
    """Fails by what is serious or critical and prints the rest, which pytest shows of a test that fails.

    Letters are looked at in both colour schemes; all else in the one that the page has, which it has afterwards too.
    The script is handed over by the debugging protocol, so that the page keeps its content policy.
    """
    if not page.evaluate(LOAD):
        page.evaluate(AXE)
    shown: Scheme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
    other: Scheme = "light" if shown == "dark" else "dark"
    found = [(shown, each) for each in page.evaluate(LOOK, {"tags": RULES})]
    page.emulate_media(color_scheme=other)
    found += [(other, each) for each in page.evaluate(LOOK, {"rules": ["color-contrast"]})]
    page.emulate_media(color_scheme=shown)
    lines = [(each["impact"] in GRAVE, _tell(scheme, each)) for scheme, each in found]
    grave = [line for is_grave, line in lines if is_grave]
    print(*(f"{page.url}: {line}" for is_grave, line in lines if not is_grave), sep="\n")
    assert not grave, "\n".join([f"{page.url} is not for everybody:", *grave])


def _tell(scheme: Scheme, found: dict[str, Any]) -> str:
    """Rule, where, and why; of many places the first few."""
    places = [f"    {target}: {why}" for target, why in found["at"][:TARGETS_SHOWN]]
    more = [f"    and {len(found['at']) - TARGETS_SHOWN} more"] if len(found["at"]) > TARGETS_SHOWN else []
    return "\n".join([f"  {found['rule']} ({found['impact']}, {scheme}): {found['help']}", *places, *more])
