// A button with `data-copy` puts the text of that field on the clipboard and says so.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without https there is no clipboard; the text is selected, and the person copies it.
      return;
    }
    button.textContent = button.dataset.copied;
    document.getElementById("copied").textContent = button.dataset.copied;
  });
}
