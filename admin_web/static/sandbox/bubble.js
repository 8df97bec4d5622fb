// One line of a window as a bubble: who, what, buttons.

import { make } from "./dom.js";

const BOT = "liren";
const HUES = 6;
const MENTION = /([@＠]\s?(?:里仁|小里|机器人))/;

/** `roles` maps an author to a role; `onTap(say)` is called for a button. */
export function makeBubble(line, { isMine, role = "", onTap }) {
  const isBot = line.author === BOT;
  const kind = isBot ? "is-bot" : isMine ? "is-mine" : "is-other";
  const name = make("p", { class: "bubble-name" }, line.name, role ? make("span", { class: "bubble-role" }, role) : null);
  const body = make("div", { class: "bubble-body" }, name, makeText(line), makeButtons(line, onTap));
  return make("li", { class: `bubble ${kind}`, data: { line: line.id } }, makeFace(line, isBot), body);
}

/** A bubble that is still on its way. */
export function makeSending(line, options) {
  const bubble = makeBubble({ ...line, id: "sending", buttons: [] }, options);
  bubble.classList.add("is-sending");
  bubble.dataset.text = line.text;
  bubble.lastChild.append(make("p", { class: "bubble-state", role: "status" }, "发送中…"));
  return bubble;
}

export function showFailure(bubble, message, onAgain) {
  bubble.classList.replace("is-sending", "is-failed");
  const again = make("button", { type: "button", class: "bubble-again", onclick: onAgain }, "重发");
  bubble.querySelector(".bubble-state").replaceChildren(`没发出去：${message}`, again);
}

function makeText(line) {
  const parts = line.text.split(MENTION).map((part) => (MENTION.test(part) ? make("span", { class: "mention" }, part) : part));
  const picture = line.picture ? make("img", { class: "bubble-picture", src: line.picture, alt: `${line.name}发的图片`, loading: "lazy" }) : null;
  return make("div", { class: "bubble-text" }, picture, ...(line.text ? parts : []));
}

function makeButtons(line, onTap) {
  if (!line.buttons.length) return null;
  const rows = line.buttons.map((row) =>
    make("div", { class: "keys-row" }, ...row.map(({ label, say }) => make("button", { type: "button", class: "key", onclick: () => onTap(say) }, label))),
  );
  return make("div", { class: "keys" }, ...rows);
}

function makeFace(line, isBot) {
  if (isBot) return make("span", { class: "face face-bot", "aria-hidden": "true" }, "里");
  const hue = [...line.author].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7) % HUES;
  return make("span", { class: `face hue-${hue}`, "aria-hidden": "true" }, sayInitials(line.name));
}

/** The flat of “1-201”, the family name of “陈杰”. */
function sayInitials(name) {
  const flat = /(\d{1,4})$/.exec(name);
  return flat ? flat[1] : [...name][0] || "?";
}
