// Opens and closes branches of the outline in place. Without it, a click on a name leads down the tree.
const outline = document.querySelector(".outline");

function depthOf(row) {
  return Number(row.dataset.depth ?? row.className.match(/depth-(\d+)/)?.[1] ?? 0);
}

export function rowsBelow(row) {
  const found = [];
  for (let next = row.nextElementSibling; next && depthOf(next) > depthOf(row); next = next.nextElementSibling) found.push(next);
  return found;
}

async function fetchRows(node, begin) {
  const query = new URLSearchParams({ node, begin, here: outline.dataset.here });
  const answer = await fetch(`/admin/hierarchy/branch?${query}`, { headers: { "Liren-Background": "1" } });
  if (!answer.ok) throw new Error(`branch ${answer.status}`);
  const held = document.createElement("template");
  held.innerHTML = await answer.text();
  return held.content;
}

async function fold(button) {
  const row = button.closest(".branch");
  const isOpen = button.getAttribute("aria-expanded") === "true";
  if (isOpen) {
    rowsBelow(row).forEach(each => each.remove());
  } else {
    row.after(await fetchRows(row.dataset.node, 0));
  }
  button.setAttribute("aria-expanded", String(!isOpen));
}

async function showMore(link) {
  const rows = await fetchRows(link.dataset.more, link.dataset.begin);
  const first = rows.querySelector("a");
  link.closest(".branch").replaceWith(rows);
  first?.focus();
}

outline?.addEventListener("click", event => {
  const button = event.target.closest(".fold");
  const more = event.target.closest("[data-more]");
  if (button) {
    fold(button);
  } else if (more) {
    event.preventDefault();
    showMore(more);
  }
});
