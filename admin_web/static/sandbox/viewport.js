// Keeps the page as high as what the keyboard of a phone leaves free (not every browser does it by itself).

const SHORT = 430;

export function followKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    if (view.scale > 1.01) return;
    document.documentElement.style.setProperty("--free-height", `${Math.round(view.height)}px`);
    // iOS moves the page up under the keyboard instead of making it smaller.
    window.scrollTo(0, 0);
    document.documentElement.classList.toggle("is-short", view.height < SHORT);
  };
  view.addEventListener("resize", fit);
  fit();
}
