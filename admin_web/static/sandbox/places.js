// Choosing a branch: a list that the server searches, so that a city fits.

import { getTree } from "./api.js";
import { fill, find, make, settle } from "./dom.js";

export function startPlaces(onChoose) {
  const dialog = find("#places");
  const words = find("#places-words");

  const search = async () => {
    const asked = words.value.trim();
    try {
      const { places, more } = await getTree({ words: asked });
      // An answer to earlier letters may come late.
      if (asked !== words.value.trim()) return;
      fill(find("#places-found"), ...places.map((place) => makePlace(place, choose)));
      find("#places-more").textContent = sayMore(places.length, more);
    } catch (problem) {
      find("#places-more").textContent = problem.message;
    }
  };
  const choose = (node) => {
    dialog.close();
    onChoose(node);
  };

  words.addEventListener("input", settle(search, 180));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  find("#place").addEventListener("click", () => {
    words.value = "";
    dialog.showModal();
    search();
  });
}

function sayMore(shown, more) {
  if (!shown) return "没有找到，换个说法试试。";
  return more ? `还有 ${more} 处，再多写几个字。` : "";
}

function makePlace({ node, name, path }, choose) {
  const above = path.endsWith(` · ${name}`) ? path.slice(0, -` · ${name}`.length) : "";
  return make("li", {}, make("button", { type: "button", class: "place-row", onclick: () => choose(node) }, make("b", {}, name), make("span", {}, above)));
}
