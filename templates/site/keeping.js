/* Keeping bulletins: the work behind keep.js. Pages and sounds go into the caches that the service worker reads.
   The worker is registered with the first bulletin that is kept, and goes with the last. The list in localStorage says
   what is kept; whatever it does not name is swept from the caches. */
const MOST = 5;
const HTML = { headers: { "Content-Type": "text/html; charset=utf-8" } };
const CORRECTED = "Corrigé depuis\u00a0: garder le nouveau son\u202f?";

const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text }, more);
const push = (text, onclick) => make("button", text, { type: "button", onclick });

/** Take over the page; gives what the button does when it is pressed. */
export const start = ({ base, name, list, weight, choose, mark, offer, button, status }) => {
  const workers = navigator.serviceWorker;
  const shelf = document.getElementById("hors-ligne");
  const script = `${base}keeping.js`;
  const open = (kind) => caches.open(name + kind);
  const save = (all) => localStorage.setItem(name, JSON.stringify(all));
  const lock = (act) => (navigator.locks ? navigator.locks.request(name, act) : act());
  let job = null; // what is being kept: { id, stop }

  const tell = (text, ...more) => status?.replaceChildren(text, ...more.flatMap((one) => [" ", one]));

  const row = (one) => {
    const made = make("li", "");
    const words = make("span", one.sound ? weight(one.bytes) : CORRECTED);
    const drop = push("Supprimer", () => remove((other) => other.id === one.id));
    drop.setAttribute("aria-label", `Supprimer ${one.title}`);
    made.append(make("a", one.title, { href: base + one.page }), " ", words, " ");
    if (!one.sound) made.append(push(`Garder ${weight(choose(one).bytes)}`, (event) => keep(one, event.target)), " ");
    made.append(drop);
    return made;
  };
  /** Show what is kept: on the button, to the player, in the list of the first page. */
  const paint = () => {
    const kept = list();
    if (button && job?.id !== button.dataset.keep) {
      const mine = kept.find((one) => one.id === button.dataset.keep);
      mark(mine?.sound || "");
      offer();
      if (mine?.sound) button.textContent = "Gardé. Supprimer";
      tell(mine ? (mine.sound ? "Gardé sur ce téléphone" : CORRECTED) : "");
    }
    if (!shelf) return;
    const inside = shelf.contains(document.activeElement);
    const rows = make("ul", "", { className: "kept-list" });
    rows.append(...kept.map(row).reverse());
    shelf.querySelector("ul")?.remove();
    shelf.append(rows);
    shelf.hidden = !kept.length;
    if (inside) (shelf.querySelector("button") && kept.length ? shelf.querySelector("button") : document.querySelector("main")).focus();
  };

  /** Free what no kept bulletin needs; with the last one, the caches and the worker too. */
  const sweep = async () => {
    const kept = list();
    if (!kept.length) {
      for (const one of await caches.keys()) if (one.startsWith(name)) await caches.delete(one);
      const worker = await workers.getRegistration(base);
      if (worker?.scope === base) await worker.unregister();
      return;
    }
    const needed = new Set([base, script, ...kept.flatMap((one) => one.urls)]);
    for (const kind of ["sounds", "pages"]) {
      const cache = await open(kind);
      for (const { url } of await cache.keys()) if (!needed.has(url)) await cache.delete(url);
    }
  };
  const remove = async (test) => {
    await lock(() => {
      save(list().filter((one) => !test(one)));
      return sweep();
    });
    paint();
  };

  const load = async (address, more) => {
    const answer = await fetch(address, { cache: "no-cache", ...more });
    if (answer.status !== 200) throw Error(address);
    return answer;
  };
  /** What the station says of its bulletins: "withdrawn", a list; "corrected", the moment by id. */
  const news = async (more) => {
    try {
      return await (await load(`${base}latest.json`, more)).json();
    } catch {
      return {};
    }
  };
  /** The whole sound, fetched without a range: the part that a player streams cannot be kept. */
  const download = async (url, bytes, signal, progress) => {
    const answer = await load(url, { signal, cache: "default" });
    const reader = answer.body.getReader();
    const parts = [];
    let got = 0;
    for (let one = await reader.read(); !one.done && got <= bytes; one = await reader.read()) {
      parts.push(one.value);
      got += one.value.length;
      progress(Math.min(Math.floor((got / bytes) * 100), 100));
    }
    if (got !== bytes) {
      reader.cancel();
      throw Error(`${url}: ${got}, ${bytes}`);
    }
    return new Response(new Blob(parts, { type: answer.headers.get("Content-Type") }));
  };
  /** Store a page with the style sheet and the scripts that it names. */
  const store = async (address, text, type) => {
    const files = await open("files");
    await (await open("pages")).put(address, new Response(text, type));
    for (const [, path] of text.matchAll(/(?:src|href)="[./]*(assets\/[^"]+)"/g)) {
      if (!(await files.match(base + path))) await files.add(base + path);
    }
  };

  const keep = async (data, from, replace) => {
    if (job) return;
    const { keep: id, title, page, sounds, sizes } = data;
    const others = () => list().filter((one) => one.id !== id);
    if (!replace && others().length >= MOST) {
      const go = push("Remplacer", () => keep(data, from, true));
      tell(`Vous gardez déjà ${MOST}\u00a0journaux. Remplacer le plus ancien\u202f?`, go);
      return;
    }
    const { url, bytes } = choose(data);
    const stop = new AbortController();
    const { signal } = stop;
    const progress = (percent) => { from.textContent = `${percent}\u202f% – Annuler`; };
    let trouble;
    job = { id, stop };
    tell("");
    progress(0);
    try {
      const folder = new URL("./", base + page).href;
      const texts = [];
      for (const one of [base, script, folder, `${folder}chapters.json`]) {
        const answer = await load(one, { signal });
        texts.push([one, await answer.text(), { headers: { "Content-Type": answer.headers.get("Content-Type") } }]);
      }
      const sound = await download(url, bytes, signal, progress);
      const stamp = (await news({ signal })).corrected?.[id];
      signal.throwIfAborted();
      await lock(async () => {
        await workers.register(`${base}sw.js`);
        await workers.ready;
        for (const text of texts) await store(...text);
        await (await open("sounds")).put(url, sound);
        const rest = others();
        const urls = [folder, `${folder}chapters.json`, url];
        save([...rest.slice(rest.length < MOST ? 0 : 1), { id, keep: id, title, page, sounds, sizes, sound: url, bytes, stamp, urls }]);
      });
      navigator.storage?.persist?.();
    } catch (error) {
      trouble = error;
    }
    job = null;
    await lock(sweep);
    paint();
    if (!trouble || signal.aborted) return;
    if (trouble.name !== "QuotaExceededError") tell("Le journal n’a pas pu être gardé. Réessayez.");
    else if (!list().length) tell("Pas assez de place.");
    else tell("Pas assez de place. Supprimez un ancien journal.", make("a", "Journaux gardés", { href: `${base}index.html#hors-ligne` }));
  };

  /** Forget what was withdrawn; fetch the page of what was corrected, and drop its old sound. */
  const check = async () => {
    const forget = (test) => (list().every((one) => !test(one)) && list().length ? null : remove(test));
    const had = new Set((await (await open("sounds")).keys()).map((one) => one.url));
    await forget((one) => one.sound && !had.has(one.sound)); // the browser has made room
    if (!list().length) return;
    await workers.register(`${base}sw.js`);
    const { withdrawn = [], corrected = {} } = await news();
    await forget((one) => withdrawn.includes(one.id));
    for (const { id, stamp, sound, page } of list()) {
      if (!sound || !corrected[id] || corrected[id] === stamp) continue;
      const folder = new URL("./", base + page).href;
      const text = await (await load(folder)).text();
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-keep]")?.dataset;
      await lock(async () => {
        await store(folder, text, HTML);
        save(list().map((one) => (one.id !== id ? one : {
          ...one, ...fresh, sound: "", urls: [folder, `${folder}chapters.json`],
        })));
        await sweep();
      });
      paint();
    }
  };

  const press = () => {
    const { keep: id } = button.dataset;
    if (job) { if (job.id === id) job.stop.abort(); return; }
    if (list().some((one) => one.id === id && one.sound)) remove((one) => one.id === id);
    else keep(button.dataset, button);
  };
  paint();
  addEventListener("storage", paint);
  return Object.assign(press, { paint, check });
};
