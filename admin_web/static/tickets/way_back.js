// From a ticket one comes back to the list with its filters, in this tab.
const KEPT = "liren.board";

export function rememberBoard() {
  const query = new URLSearchParams(location.search);
  query.delete("said");
  try {
    sessionStorage.setItem(KEPT, query.toString());
  } catch {
    // Storage is switched off: the way back leads to the whole list.
  }
}

export function boardAddress(path) {
  try {
    const query = sessionStorage.getItem(KEPT);
    return query ? `${path}?${query}` : path;
  } catch {
    return path;
  }
}
