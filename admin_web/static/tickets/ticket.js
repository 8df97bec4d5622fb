// The ticket page: a canned answer fills in the words, what was typed is kept, an action named in the address stands
// open, and the way back leads to the list as one left it.
import { keepDrafts } from "./drafts.js";
import { boardAddress } from "./way_back.js";

for (const select of document.querySelectorAll("select[data-fills]")) {
  select.addEventListener("change", () => {
    const field = document.getElementById(select.dataset.fills);
    if (select.value) field.value = select.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}

const acts = document.getElementById("act");
keepDrafts(document.querySelectorAll(".act-form"), {
  who: acts?.dataset.who,
  done: new URLSearchParams(location.search).get("done") ?? "",
  tell: (form) => {
    const line = document.createElement("p");
    line.className = "hint";
    line.role = "status";
    line.textContent = acts.dataset.kept;
    form.prepend(line);
  },
});

const named = location.hash && document.getElementById(location.hash.slice(1));
if (named instanceof HTMLDetailsElement) named.open = true;
document.querySelector(".act-form [aria-invalid=true]")?.focus();

const back = document.querySelector(".back a");
if (back) back.href = boardAddress(back.pathname);
