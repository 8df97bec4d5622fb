// "All" chooses every letter of the page. Without scripts the boxes are ticked one by one.
const all = document.querySelector("[data-choose-all]");
const boxes = [...document.querySelectorAll('input[name="letter"][type="checkbox"]')];

if (all && boxes.length > 1) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  boxes.forEach((box) =>
    box.addEventListener("change", () => {
      const chosen = boxes.filter((each) => each.checked).length;
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }),
  );
}
