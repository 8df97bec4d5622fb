// What the page says by itself, in the visitor's language; who they are; and the line for news.
const { words, worker } = document.body.dataset;
const texts = JSON.parse(words);

export const WORKER = worker;

export function say(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const line = document.querySelector("[data-news]");

/** Shows one sentence at the top, with a link to follow if there is one. */
export function tell(text, { kind = "plain", href = "", label = say("look") } = {}) {
  line.textContent = text;
  line.dataset.kind = kind;
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = label;
    line.append(" ", link);
  }
  line.hidden = false;
}

export function hush(kind) {
  if (line.dataset.kind === kind) {
    line.hidden = true;
  }
}
