// The ticket page: a canned answer fills in the words, and an action named in the address stands open.
for (const select of document.querySelectorAll("select[data-fills]")) {
  select.addEventListener("change", () => {
    const field = document.getElementById(select.dataset.fills);
    if (select.value) field.value = select.value;
    field.focus();
  });
}

const named = location.hash && document.getElementById(location.hash.slice(1));
if (named instanceof HTMLDetailsElement) named.open = true;
document.querySelector(".act-form [aria-invalid=true]")?.focus();
