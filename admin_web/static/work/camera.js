// Pictures are made smaller before they travel, and shown while they wait to be sent.
import { say, tell } from "./words.js";

const LONGEST_SIDE = 1600;
const QUALITY = 0.82;
const MOST = 4;
const SMALL_ENOUGH = 300_000;
const PREVIEW = 144;

const taken = new WeakMap();

async function makeSmaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= SMALL_ENOUGH) {
    return file;
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), "image/jpeg", QUALITY));
}

/** On a canvas, because the page's policy lets no picture in that is not the server's. */
export function preview(blob) {
  const canvas = document.createElement("canvas");
  canvas.width = PREVIEW;
  canvas.height = PREVIEW;
  createImageBitmap(blob, { imageOrientation: "from-image" }).then((picture) => {
    const side = Math.min(picture.width, picture.height);
    const left = (picture.width - side) / 2;
    const top = (picture.height - side) / 2;
    canvas.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, PREVIEW, PREVIEW);
    picture.close();
  });
  return canvas;
}

function draw(form) {
  const shelf = form.querySelector("[data-shots]");
  shelf.replaceChildren(
    ...picturesOf(form).map((blob) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "work-shot";
      button.setAttribute("aria-label", say("drop"));
      button.append(preview(blob));
      button.onclick = () => {
        taken.set(form, picturesOf(form).filter((each) => each !== blob));
        draw(form);
        form.dispatchEvent(new CustomEvent("shot"));
      };
      return button;
    }),
  );
}

export function picturesOf(form) {
  return taken.get(form) ?? [];
}

/** Pictures that were taken before, ahead of those that the form has. */
export function putPictures(form, pictures) {
  if (pictures.length && form.querySelector("[data-shots]")) {
    taken.set(form, [...pictures, ...picturesOf(form)]);
    draw(form);
  }
}

export function dropPictures(form) {
  taken.delete(form);
  if (form.querySelector("[data-shots]")) {
    draw(form);
  }
}

export function startCamera(form) {
  const input = form.querySelector("[data-camera]");
  if (!input || !("createImageBitmap" in window)) {
    return;
  }
  input.addEventListener("change", async () => {
    for (const file of [...input.files]) {
      if (picturesOf(form).length >= MOST) {
        tell(say("many"), { kind: "bad" });
        break;
      }
      try {
        taken.set(form, [...picturesOf(form), await makeSmaller(file)]);
      } catch {
        tell(say("bad"), { kind: "bad" });
      }
    }
    // The small ones are sent in their place.
    input.value = "";
    draw(form);
    form.dispatchEvent(new CustomEvent("shot"));
  });
}
