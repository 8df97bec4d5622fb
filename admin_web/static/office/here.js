// Rows of links that scroll sideways on a phone: the one where one is comes into sight. Without it they only begin at the left.

for (const here of document.querySelectorAll("nav [aria-current]")) {
  const row = scroller(here);
  if (row) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.offsetWidth) / 2;
}

function scroller(element) {
  for (let each = element.parentElement; each && each.tagName !== "BODY"; each = each.parentElement) {
    // A list that merely sticks out of its row is as wide, and does not move.
    if (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible") return each;
  }
  return null;
}
