// Ctrl+Z and Ctrl+Shift+Z for the steps of the draft. Where one types, the keys are the field's own.
const typed = "textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button], [type=file])";

function wanted(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" && !event.shiftKey ? "redo" : null;
}

// One press, one step: a second one before the page comes back would carry the number of the first.
let isSent = false;
addEventListener("pageshow", () => { isSent = false; });

addEventListener("keydown", event => {
  const which = wanted(event);
  const where = event.composedPath()[0];
  if (!which || event.defaultPrevented || where.isContentEditable || where.matches?.(typed)) return;
  const form = document.querySelector(`[data-step="${which}"]:not([hidden])`);
  if (!form) return;
  event.preventDefault();
  if (isSent || event.repeat) return;
  isSent = true;
  setTimeout(() => { isSent = false; }, 2000);
  form.requestSubmit();
});
