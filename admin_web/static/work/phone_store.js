// The browser's own database on this phone: what waits to be sent, and pictures that were taken for a form.
const NAME = "liren-work";
const VERSION = 2;

/** Each with the name of its key. */
const STORES = { waiting: "once", shots: "key" };

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const database = request.result;
      for (const [store, keyPath] of Object.entries(STORES)) {
        if (!database.objectStoreNames.contains(store)) {
          database.createObjectStore(store, { keyPath });
        }
      }
    };
    request.onsuccess = () => {
      // A page that is left open in another tab does not keep a newer one waiting.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

/** The result of `ask`, which is handed the store, once it is written. */
export async function inStore(name, mode, ask) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const change = database.transaction(name, mode);
      const request = ask(change.objectStore(name));
      change.oncomplete = () => resolve(request.result);
      change.onerror = () => reject(change.error);
      change.onabort = () => reject(change.error);
    });
  } finally {
    database.close();
  }
}
