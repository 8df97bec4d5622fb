// Puts the page together: one branch of the tree, its windows, its tickets, the clock and the live stream.

import { getTree } from "./api.js";
import { setClock, startClock } from "./clock.js";
import { fill, find, make } from "./dom.js";
import { makeHint } from "./hints.js";
import { startPlaces } from "./places.js";
import { watch } from "./stream.js";
import { makeTabbar } from "./tabbar.js";
import { Tier } from "./tier.js";
import { watchTickets } from "./tickets.js";
import { useZone } from "./times.js";
import { toast } from "./toast.js";
import { followKeyboard } from "./viewport.js";

const page = { tiers: [], tickets: null, tabbar: null };

const allWindows = () => page.tiers.flatMap((tier) => tier.windows);

async function openBranch(node) {
  const tree = await getTree({ node });
  useZone(tree.timezone);
  showPlace(tree);
  page.tickets?.stop();
  page.tiers = tree.tiers.map((tier, index) => makeTier(tier, index === 0 ? [privateGroup(tree)] : []));
  fill(find("#tiers"), ...page.tiers.map((tier) => tier.element));
  find("#tiers").setAttribute("aria-busy", "false");
  makeTabs(tree);
  page.tickets = watchTickets({ node: tree.branch, levels: tree.tiers, onOpen: openGroup, onCount: countTickets });
  await Promise.all(page.tiers.map((tier) => tier.load()));
  if (page.tiers.length) page.tabbar.show("tier-0");
}

/** The building stays readable where the path does not fit. */
function showPlace({ path, tiers }) {
  const name = tiers[0].name;
  const above = path.endsWith(name) ? path.slice(0, -name.length) : "";
  fill(find("#place-name"), make("span", { class: "place-above" }, above), make("span", {}, name));
}

function makeTier(tier, extra) {
  return new Tier(tier, {
    extra,
    hint: makeHint,
    onSaid: () => page.tickets?.refresh(),
    onUnread: (arrived) => {
      const name = `tier-${page.tiers.indexOf(arrived)}`;
      if (page.tabbar && !page.tabbar.isShowing(name)) page.tabbar.mark(name, "新");
    },
  });
}

function privateGroup(tree) {
  const staff = tree.tiers.flatMap((tier) => tier.groups).flatMap((group) => group.speakers).filter((each) => each.role);
  const speakers = [...tree.residents, ...new Map(staff.map((each) => [each.id, each])).values()];
  return { id: "", name: "私聊里仁", kind: "private", kind_name: "", speakers };
}

function makeTabs(tree) {
  const tabs = tree.tiers.map((tier, index) => ({ name: `tier-${index}`, label: tier.level_name }));
  page.tabbar = makeTabbar(tabs, (name) => {
    page.tiers.forEach((tier, index) => tier.element.classList.toggle("is-shown", name === `tier-${index}`));
    page.tiers.forEach((tier) => tier.current?.scrollDown());
  });
}

function openGroup(groupId) {
  const tier = page.tiers.find((each) => each.windows.some((chat) => chat.group.id === groupId));
  if (!tier) return;
  page.tabbar.show(`tier-${page.tiers.indexOf(tier)}`);
  tier.open(tier.windows.find((chat) => chat.group.id === groupId));
}

const countTickets = (count) => page.tabbar.mark("tickets", count ? String(count) : "");

function onLine(line) {
  allWindows().filter((chat) => chat.chat === line.group).forEach((chat) => chat.add(line));
  if (line.author !== "liren") return;
  page.tickets?.refresh();
  const isHeard = allWindows().some((chat) => chat.chat === line.group);
  if (line.group.startsWith("private:") && !isHeard) page.tiers.forEach((tier) => tier.whisper(line));
}

function onClock(clock) {
  setClock(clock);
  page.tickets?.refresh();
}

/** Somebody's words were erased: they must not stay on the screen. */
function onCleared() {
  allWindows().filter((chat) => chat.isLoaded).forEach((chat) => chat.load().catch(() => {}));
}

function catchUp() {
  allWindows().forEach((chat) => chat.catchUp().catch(() => {}));
  page.tickets?.refresh();
}

async function choose(node) {
  history.pushState(null, "", `?node=${encodeURIComponent(node)}`);
  await open();
}

async function open() {
  try {
    await openBranch(new URLSearchParams(location.search).get("node") || "");
  } catch (problem) {
    const again = make("button", { type: "button", class: "button button-strong", onclick: open }, "再试一次");
    fill(find("#tiers"), make("div", { class: "broken" }, make("p", {}, problem.message), again));
  }
}

followKeyboard();
startPlaces(choose);
addEventListener("popstate", open);
startClock().catch((problem) => toast(problem.message));
open().then(() => watch({ onLine, onClock, onCleared, onCatchUp: catchUp }));
