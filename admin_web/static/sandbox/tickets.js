// The strip of tickets: where each stands on its climb, who has it, how long is left.

import { getTickets } from "./api.js";
import { onTick, virtualNow } from "./clock.js";
import { fill, find, make, settle } from "./dom.js";
import { sayMoment, saySpan } from "./times.js";

const EVERY = 15000;

/** `levels` lowest first: {level, level_name}; `onOpen(group)` when a ticket is tapped; `onCount(n)` live tickets. */
export function watchTickets({ node, levels, onOpen, onCount }) {
  let tickets = [];
  let seen = new Map();

  const refresh = settle(async () => {
    try {
      const { items } = await getTickets(node);
      const now = Date.now();
      tickets = items.map((each) => ({ ...each, dueAt: each.due && new Date(each.due.at), asOf: now }));
      show();
    } catch {
      // The stream tells when the service is away.
    }
  }, 120);

  const show = () => {
    fill(find("#cards"), ...(tickets.length ? tickets.map((each) => makeCard(each, levels, seen, onOpen)) : [makeEmpty()]));
    seen = new Map(tickets.map((each) => [each.number, each.level]));
    onCount(tickets.filter((each) => ["open", "claimed", "waiting"].includes(each.status)).length);
    tick();
  };

  const tick = () => {
    const now = virtualNow();
    tickets.forEach((each) => showLeft(find(`[data-left="${each.number}"]`), each, now));
    showNext(tickets, now);
  };

  const forget = onTick(tick);
  const timer = setInterval(refresh, EVERY);
  refresh();
  return {
    refresh,
    stop: () => {
      clearInterval(timer);
      forget();
    },
  };
}

const STEPS = ["在居民群里 @里仁 说一件事", "它变成工单，派给该管的群，有人认领就有回音", "没人管？把时间往前推，看它一级一级往上走"];

function makeEmpty() {
  return make("li", { class: "cards-empty" }, make("ol", {}, ...STEPS.map((step) => make("li", {}, step))));
}

function makeCard(ticket, levels, seen, onOpen) {
  const hasMoved = seen.has(ticket.number) && seen.get(ticket.number) !== ticket.level;
  const head = make("span", { class: "card-head" },
    make("b", { class: "card-number" }, `#${ticket.number}`), make("span", { class: "card-category" }, ticket.category),
    ticket.urgent ? make("span", { class: "status status-urgent" }, "紧急") : null,
    make("span", { class: `status status-${ticket.status}` }, ticket.status_name));
  const foot = make("span", { class: "card-foot" },
    make("span", {}, ticket.holder_name ? `${ticket.holder_name}在办` : ticket.group_name),
    make("span", { class: "card-left", data: { left: ticket.number } }));
  const card = make("button", { type: "button", class: `card${hasMoved ? " has-moved" : ""}${ticket.urgent ? " is-urgent" : ""}`, onclick: () => onOpen(ticket.group) },
    head, makeClimb(ticket, levels), foot);
  return make("li", {}, card);
}

function makeClimb(ticket, levels) {
  const at = levels.findIndex((each) => each.level === ticket.level);
  const steps = levels.map((each, index) => {
    const state = index < at ? "is-passed" : index === at ? "is-here" : "";
    return make("span", { class: `step ${state}` }, each.level_name);
  });
  return make("span", { class: "climb", role: "img", "aria-label": `现在在${ticket.level_name}` }, ...steps);
}

function showLeft(place, ticket, now) {
  if (!place || !ticket.dueAt) return;
  const left = ticket.dueAt - now;
  place.textContent = left >= 0 ? `${ticket.due.what}还剩 ${saySpan(left)}` : `${ticket.due.what}已超 ${saySpan(left)}`;
  place.classList.toggle("is-late", left < 0);
  place.classList.toggle("is-near", left >= 0 && left < 15 * 60000);
}

function showNext(tickets, now) {
  const coming = tickets.filter((each) => each.dueAt && each.dueAt > now).sort((one, other) => one.dueAt - other.dueAt)[0];
  const remindAt = coming?.due.remind_at && new Date(coming.due.remind_at);
  const left = remindAt > now ? `，${sayMoment(remindAt, now)} 先提醒` : "";
  const text = coming
    ? [make("b", {}, `#${coming.number} ${coming.due.what} ${sayMoment(coming.dueAt, now)}`), make("span", {}, `还有 ${saySpan(coming.dueAt - now)}${left}`)]
    : [make("span", {}, "没有等着的时限")];
  fill(find("#next"), make("span", { class: "next-label" }, "下一个时限"), ...text);
  find("#pushes-next").textContent = coming ? `下一个时限：#${coming.number} ${coming.due.what} ${sayMoment(coming.dueAt, now)}` : "没有等着的时限";
}
