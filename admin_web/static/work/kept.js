// On the list: what was typed or photographed for a ticket and never sent, so that nobody has to remember where it was.
import { preview } from "./camera.js";
import { forgetDraft, listDrafts } from "./drafts.js";
import { say } from "./words.js";

function row({ draft, text, pictures }) {
  const [number, verb] = draft.split(":");
  const item = document.createElement("li");
  item.className = "work-card work-kept";
  const link = document.createElement("a");
  link.href = verb === "note" ? `/work/tickets/${number}` : `/work/tickets/${number}/${verb}`;
  link.textContent = `#${number}`;
  const words = document.createElement("p");
  words.textContent = text;
  const shots = document.createElement("div");
  shots.className = "work-shots";
  shots.append(...pictures.map(preview));
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "work-quiet";
  drop.textContent = say("discard");
  drop.setAttribute("aria-label", `${say("discard")} #${number}`);
  drop.onclick = async () => {
    await forgetDraft(draft);
    await showKept();
  };
  item.append(link, drop, words, shots);
  return item;
}

export async function showKept() {
  const place = document.querySelector("[data-kept]");
  if (place) {
    const drafts = await listDrafts();
    place.querySelector("ul").replaceChildren(...drafts.map(row));
    place.hidden = !drafts.length;
  }
}
