"use strict";
/* What somebody keeps can be read and heard without a connection. keep.js puts pages and sounds in the caches; here
   they are given out. Nothing is stored of other origins, of errors, or of what nobody asked to keep. */
const FILES = __FILES__; // what the pages load now; each name holds a hash of its content
const BASE = new URL("./", location).href;
const LIMIT = 3000; // ms; then the kept page is shown

const name = (kind) => `audionews ${BASE} ${kind}`;
const find = (kind, url) => caches.match(url, { cacheName: name(kind), ignoreVary: true });
/** Renew what is kept. Once nothing is, the caches are gone: then this makes none. */
const store = async (kind, url, answer) => {
  try {
    if (await caches.has(name(kind))) await (await caches.open(name(kind))).put(url, answer);
  } catch { /* no room: what was kept stays */ }
};
const good = (answer) => answer.status === 200 && answer.type === "basic" && !answer.redirected;
/** One name for a page, with "index.html" or without. */
const key = (address) => address.split(/[?#]/)[0].replace(/\/index\.html$/, "/");
/** A copy without the address it came from: a page takes the one that was asked for. */
const copy = async (answer) =>
  new Response(await answer.blob(), { headers: { "Content-Type": answer.headers.get("Content-Type") } });

addEventListener("install", () => skipWaiting());

/** Drop the former style sheets and scripts, except those of a kept page; have the present ones ready. */
addEventListener("activate", (event) => event.waitUntil((async () => {
  const files = await caches.open(name("files"));
  const stored = await files.keys(); // before the pages are read: a page is stored before its files
  const pages = await caches.open(name("pages"));
  let named = FILES.join();
  for (const one of await pages.keys()) named += await (await pages.match(one)).text();
  const had = new Set();
  for (const { url } of stored) {
    if (named.includes(url.slice(BASE.length))) had.add(url); else await files.delete(url);
  }
  await files.addAll(FILES.map((name) => BASE + name).filter((url) => !had.has(url))).catch(() => { /* when seen */ });
  await clients.claim();
})()));

const absent = () => new Response(
  `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">`
  + `<meta name="color-scheme" content="light dark"><title>Pas de connexion</title><h1>Pas de connexion</h1>`
  + `<p>Cette page n’est pas gardée ici.</p><p><a href="${BASE}index.html#hors-ligne">Voir les journaux gardés</a></p>`,
  { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } },
);

/** The network first; a kept page when there is no answer, a server's failure, or nothing within the limit. */
const page = async (event) => {
  const at = key(event.request.url);
  const kept = await find("pages", at);
  const network = fetch(event.request);
  if (!kept) return network.catch(absent);
  const answered = network.then((answer) => {
    if (good(answer)) event.waitUntil(copy(answer.clone()).then((fresh) => store("pages", at, fresh)));
    return answer.status < 500 ? answer : kept;
  }).catch(() => kept);
  event.waitUntil(answered);
  return Promise.race([answered, new Promise((done) => setTimeout(done, LIMIT, kept))]);
};

const file = async (event) => {
  const { url } = event.request;
  const found = await find("files", url);
  if (found) return found;
  const answer = await fetch(event.request);
  if (good(answer)) event.waitUntil(store("files", url, answer.clone()));
  return answer;
};

/** A kept sound, or the part of it that is asked for: some players refuse the whole in place of a part. */
const sound = async ({ request }) => {
  const found = await find("sounds", key(request.url));
  if (!found) return fetch(request);
  const blob = await found.blob();
  const size = blob.size;
  const headers = { "Accept-Ranges": "bytes", "Content-Type": found.headers.get("Content-Type") };
  const [asked, from, to] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("Range") ?? "") ?? [];
  const first = from ? Number(from) : Math.max(size - to, 0);
  const last = from && to ? Math.min(to, size - 1) : size - 1;
  // Not a range, or one that says nothing: the whole. "5-2" is such a one, "5-9" of five bytes is past the end.
  if (!asked || !(from || to) || (from && to && Number(to) < first)) {
    return new Response(blob, { headers: { ...headers, "Content-Length": size } });
  }
  if (first > last) return new Response(null, { status: 416, headers: { ...headers, "Content-Range": `bytes */${size}` } });
  return new Response(blob.slice(first, last + 1), {
    status: 206,
    headers: { ...headers, "Content-Length": last + 1 - first, "Content-Range": `bytes ${first}-${last}/${size}` },
  });
};

const data = async ({ request }) => {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await find("pages", request.url);
    if (kept) return kept;
    throw error;
  }
};

addEventListener("fetch", (event) => {
  const { method, mode, destination, url } = event.request;
  const path = url.split(/[?#]/)[0];
  if (method !== "GET" || !path.startsWith(BASE)) return;
  const rest = path.slice(BASE.length);
  const act = /\.(mp3|opus|ogg)$/.test(rest) ? sound
    : FILES.includes(rest) || /^assets\/.*-[0-9a-f]{8}\./.test(rest) ? file
    : rest === "keeping.js" || (mode === "navigate" && destination === "document") ? page
    : /^episodes\/.*\.json$/.test(rest) && data;
  if (act) event.respondWith(act(event));
});
