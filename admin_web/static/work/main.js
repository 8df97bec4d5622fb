// Everything here makes the pages kinder; without any of it they work as they are.
import { dropPictures, startCamera } from "./camera.js";
import { startClock } from "./clock.js";
import { keepDraft, keepShots, restoreDraft, takeOverDrafts } from "./drafts.js";
import { showKept } from "./kept.js";
import { startQueue, startSending } from "./sending.js";
import { say, tell } from "./words.js";

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((each) => each.toString(16).padStart(2, "0")).join("");
}

function grow(field) {
  field.rows = Math.min(8, Math.max(Number(field.dataset.grow) || field.rows, field.value.split("\n").length));
}

async function restore(form) {
  if (await restoreDraft(form)) {
    tell(say("draft"), { kind: "draft" });
    form.elements.text.dispatchEvent(new Event("input"));
  }
  if (form.classList.contains("work-composer") && (await takeOverDrafts(form))) {
    tell(say("moved"), { kind: "draft" });
  }
}

for (const form of document.querySelectorAll("form[data-send]")) {
  startCamera(form);
  startSending(form);
  form.addEventListener("input", () => keepDraft(form));
  form.addEventListener("shot", () => keepShots(form));
  form.addEventListener("let-go", () => {
    form.reset();
    dropPictures(form);
    form.elements.once.value = newKey();
  });
}

for (const field of document.querySelectorAll("[data-grow]")) {
  field.dataset.grow = field.rows;
  grow(field);
  field.addEventListener("input", () => grow(field));
}

for (const reply of document.querySelectorAll("[data-reply]")) {
  reply.addEventListener("change", () => {
    const field = reply.form.elements.text;
    field.value = field.value.trim() ? `${field.value.trim()} ${reply.value}` : reply.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    reply.checked = false;
    field.focus();
  });
}

// One's own words are seen where they went: at the end.
if (new URLSearchParams(location.search).get("said") === "note") {
  window.scrollTo(0, document.body.scrollHeight);
}

startClock(document.body.dataset.now);
// First what belongs into the forms, then what comes back from the queue.
await Promise.allSettled([...document.querySelectorAll("form[data-send]")].map(restore));
await showKept().catch(() => {});
startQueue();
