// A form that is on its way is not sent a second time: fingers tap twice, and a slow network answers late.
const LET_GO_AFTER = 4_000;

function letGo(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

// Last, after whoever sends a form themselves and stops the browser from doing so.
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  // A file to take away leaves the page where it is.
  setTimeout(() => letGo(form), LET_GO_AFTER);
});

// Who comes back finds the page as it was left.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(letGo));
