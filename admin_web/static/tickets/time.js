// Time left goes on while a page stands open. The words are the page's own; the clock is the house's, which may be
// ahead of this machine's.
const MINUTE = 60_000;

function count(span) {
  const minutes = Math.floor(Math.abs(span) / MINUTE);
  if (minutes < 60) return ["Minutes", Math.max(1, minutes)];
  if (minutes < 48 * 60) return ["Hours", Math.floor(minutes / 60)];
  return ["Days", Math.floor(minutes / (24 * 60))];
}

function show(label, now, words) {
  const left = Date.parse(label.dataset.left) - now;
  const [unit, n] = count(left);
  const isPause = label.dataset.kind === "pause";
  const kind = isPause ? "pause" : left <= 0 ? "late" : "still";
  label.textContent = words[kind + unit].replace("{n}", n);
  if (isPause) return;
  const tone = left <= 0 ? "late" : left <= 60 * MINUTE ? "soon" : "calm";
  label.parentElement.className = `left left-${tone}`;
}

export function keepTime(root) {
  if (!root) return;
  const ahead = Date.parse(root.dataset.now) - Date.now();
  const again = () => {
    for (const each of root.querySelectorAll("[data-left]")) show(each, Date.now() + ahead, root.dataset);
  };
  setInterval(again, MINUTE / 2);
}
