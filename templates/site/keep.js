"use strict";
/* The button that keeps a bulletin for when there is no connection. All that this takes is in keeping.js, loaded by
   the first press, or when something is kept already: who keeps nothing pays for nothing. */
(() => {
  if (!navigator.serviceWorker || !window.caches) return;
  const base = new URL(document.currentScript.dataset.root || "./", location).href;
  const name = `audionews ${base} `; // of the list in localStorage; names of caches begin with it
  const button = document.querySelector("[data-keep]");
  const status = document.querySelector("[data-kept-status]");
  const id = button?.dataset.keep;
  const player = button && document.querySelector(`[data-player="${CSS.escape(id)}"]`);
  const wanted = {}; // id → the address of the size that the listener chose

  const list = () => { try { return JSON.parse(localStorage.getItem(name)) || []; } catch { return []; } };
  const weight = (bytes) => `(${Math.max(bytes / 1e6, 0.1).toFixed(1).replace(".", ",")}\u00a0Mo)`;
  /** The sound to keep, of what a button names: in the chosen size, else the lightest that this browser plays. */
  const choose = ({ keep, sounds, sizes }) => {
    const ogg = new Audio().canPlayType("audio/ogg; codecs=opus");
    const bytes = sizes.split("|");
    const all = sounds.split("|").map((path, n) => ({ url: path && new URL(path, base).href, bytes: +bytes[n] }))
      .filter((one, n) => one.url && (n || ogg));
    return all.find((one) => one.url === wanted[keep]) || all[0];
  };
  /** Tell the player where its sound is without a connection; nowhere when `url` is empty. */
  const mark = (url) => {
    if (!player || (player.dataset.kept || "") === url) return;
    player.dataset.kept = url;
    document.dispatchEvent(new CustomEvent("audionews:kept", { detail: { id, url } }));
  };

  let press; // of keeping.js, once it is there
  const offer = () => {
    const sound = choose(button.dataset);
    button.hidden = !sound;
    if (sound) button.textContent = `Garder hors ligne ${weight(sound.bytes)}`;
  };
  const begin = async () => {
    const { start } = await import(`${base}keeping.js`);
    press ||= start({ base, name, list, weight, choose, mark, offer, button, status });
  };
  if (button) {
    offer();
    button.addEventListener("click", async () => {
      try {
        if (!press) await begin();
      } catch {
        status?.replaceChildren("Le journal n’a pas pu être gardé. Réessayez.");
        return;
      }
      press();
    });
    document.addEventListener("audionews:size", ({ detail }) => {
      wanted[detail.id] = detail.url;
      if (press) press.paint(); else offer();
    });
  }
  const kept = list();
  if (kept.length || navigator.serviceWorker.controller) {
    mark(kept.find((one) => one.id === id)?.sound || "");
    begin().then(() => press.check()).catch(() => { /* no connection: what is kept plays all the same */ });
  }
})();
