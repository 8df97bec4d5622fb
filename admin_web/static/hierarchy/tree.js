// Drags a row below another place of the level above. The same is done by the form "move", which needs no script.
import { rowsBelow } from "./outline.js";

const outline = document.querySelector(".outline");
let dragged = null;

function levelAbove(row) {
  for (let each = row.previousElementSibling; each; each = each.previousElementSibling) {
    if (Number(each.dataset.depth) < Number(row.dataset.depth)) return each;
  }
  return null;
}

function mayDrop(row) {
  if (!dragged || !row || row === dragged || rowsBelow(dragged).includes(row)) return false;
  const parent = levelAbove(dragged);
  return parent !== null && parent !== row && parent.dataset.level === row.dataset.level;
}

function send(values) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/admin/hierarchy/act";
  for (const [name, value] of Object.entries({ csrf: outline.dataset.csrf, ...values })) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

outline?.addEventListener("mousedown", event => {
  const row = event.target.closest(".branch[data-node]");
  if (row) row.draggable = true;
});

outline?.addEventListener("dragstart", event => {
  dragged = event.target.closest(".branch[data-node]");
  if (!dragged || levelAbove(dragged) === null) {
    event.preventDefault();
    return;
  }
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.node);
  dragged.classList.add("is-dragged");
});

outline?.addEventListener("dragover", event => {
  const row = event.target.closest(".branch[data-node]");
  outline.querySelectorAll(".is-target").forEach(each => each.classList.remove("is-target"));
  if (!mayDrop(row)) return;
  event.preventDefault();
  row.classList.add("is-target");
});

outline?.addEventListener("drop", event => {
  const row = event.target.closest(".branch[data-node]");
  if (!mayDrop(row)) return;
  event.preventDefault();
  send({ verb: "move", node: dragged.dataset.node, to: row.dataset.node });
});

outline?.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  outline.querySelectorAll(".is-target").forEach(each => each.classList.remove("is-target"));
  dragged = null;
});
