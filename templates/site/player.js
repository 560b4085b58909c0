"use strict";
/* The player in place of the browser's own. Everything on the page can be read and played without it. */
(() => {
  const NB = "\u00a0";
  const doc = document;
  const root = doc.querySelector("[data-player]");
  const data = root ? root.dataset : {};
  const framed = "embed" in data; // in a frame of another site nothing is stored
  /** Store a value, or recall it. */
  const memory = (key, ...value) => {
    try { return framed ? "" : localStorage[value.length ? "setItem" : "getItem"](`audionews:${key}`, ...value); } catch { return ""; /* a private window */ }
  };
  const on = (target, names, act) => names.split(" ").forEach((name) => target?.addEventListener(name, act, { passive: name[0] === "w" || name[0] === "t" }));
  const clock = (s) => new Date(s * 1000).toISOString().slice(s < 3600 ? 14 : 11, 19).replace(/^0(?=\d)/, "");
  const words = (s) => {
    const count = (n, word) => n && `${n}${NB}${word}${n > 1 ? "s" : ""}`;
    return [count(Math.floor(s / 60), "minute"), count(Math.floor(s) % 60, "seconde")].filter(Boolean).join(" ") || `0${NB}seconde`;
  };
  /** Seconds of "78", "1:18" or "0:01:18". */
  const seconds = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  const copy = async (text, place, done) => {
    try {
      await navigator.clipboard.writeText(text);
      place.textContent = done;
    } catch {
      place.textContent = text;
    }
  };
  for (const button of doc.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    on(button, "click", () => copy(button.dataset.copy, button.parentNode.querySelector("[data-copied]"), "Copié."));
  }
  if (!root) return;

  const find = (selector) => root.querySelector(selector);
  const every = (selector) => [...root.querySelectorAll(selector)];
  const [play, seek, at, status, alarm, speed, size, follow] = [".play", ".seek", ".time .at", ".status", ".alarm", ".speed", ".size", ".follow"].map(find);
  const audio = find("audio");
  const length = data.length / 1000;
  const { player: id, page } = data;
  const chapters = every(".chapters a");
  const lines = every("[data-t]");
  const startOf = (sentence) => parseInt(sentence.dataset.t, 10) / 1000;
  const parts = chapters.map((one) => one.dataset.start / 1000);
  const lineStarts = Float64Array.from(lines, startOf);
  const all = every("source");
  const sounds = all.filter((one) => audio.canPlayType(one.type)); // lightest first
  if (!sounds.length) sounds.push(...all);
  const kind = (name) => sounds.find((one) => one.dataset.kind === name);

  let sound = kind(memory("size")) ?? sounds[0];
  let wanted = null;     // a place asked for before the sound is there (iOS drops an early seek)
  let stopAt = null;     // end of a link such as #t=78,120
  let begun = false;     // something is marked as current only after a first act
  let dragging = false;
  let failed = false;
  let following;
  let held = 0;          // until when the reader's own scrolling holds the following
  let saved = 0;
  let shown = -1;        // the second that is displayed
  let timers = [];

  const none = () => {};
  const here = () => wanted ?? audio.currentTime;
  const say = (...said) => { alarm.replaceChildren(); status.className = "status"; status.replaceChildren(...said); };
  const make = (tag, textContent, more) => Object.assign(doc.createElement(tag), { textContent }, more);
  const button = (text, onclick) => make("button", text, { type: "button", onclick });
  /** Index of the last start at or before t; -1 when there is none. */
  const last = (list, t) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= t + 0.03) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  /* What is heard now: a chapter, a sentence, and a word where the browser can paint one without an element. */
  const brush = self.CSS?.highlights && new Highlight();
  if (brush) CSS.highlights.set("mot", brush);
  let partNow = -1;
  let lineNow = -1;
  let wordNow = -1;
  let beats = [];        // when the words of the sentence start
  let ends = [];         // and where each one ends in its text
  const open = (node) => {
    wordNow = -1;
    beats = [];
    brush?.clear();
    if (!node || !brush) return;
    let sum = startOf(node);
    let end = -1;
    const steps = node.dataset.t.split(" ").slice(1);
    ends = node.textContent.split(" ").map((word) => (end += word.length + 1));
    if (steps.length === ends.length - 1) beats = [sum, ...steps.map((step) => (sum += step / 100))];
  };
  const mark = (t, own) => {
    const c = last(parts, t);
    if (c !== partNow) {
      chapters[partNow]?.removeAttribute("aria-current");
      chapters[c]?.setAttribute("aria-current", "true");
      partNow = c;
    }
    const s = last(lineStarts, t);
    const node = lines[s];
    if (s !== lineNow) {
      lines[lineNow]?.classList.remove("now");
      node?.classList.add("now");
      lineNow = s;
      open(node);
      if (!own && node && following && !audio.paused && Date.now() > held) reveal(node);
    }
    const w = last(beats, t);
    if (w === wordNow) return;
    wordNow = w;
    brush.clear();
    if (w < 0) return;
    const range = new Range();
    range.setStart(node.firstChild, w && ends[w - 1] + 1);
    range.setEnd(node.firstChild, ends[w]);
    brush.add(range);
  };
  /* Asleep until the next word: nothing is looked for at each frame. */
  let sleep;
  const tick = () => {
    clearTimeout(sleep);
    if (audio.paused || doc.hidden || wanted !== null || !lines.length) return;
    const t = audio.currentTime;
    mark(t);
    const next = Math.min(beats[wordNow + 1] ?? Infinity, lineStarts[lineNow + 1] ?? Infinity);
    if (next < Infinity) sleep = setTimeout(tick, Math.max((next - t) * 1000 / audio.playbackRate, 20));
  };
  const reveal = (node) => {
    const box = node.getBoundingClientRect();
    const top = Math.max(find(".bar").getBoundingClientRect().bottom, 0);
    if (box.top > top + 8 && box.bottom < innerHeight * 0.75) return;
    scrollBy({ top: box.top - top - innerHeight * 0.2, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };
  const value = (text) => seek.setAttribute("aria-valuetext", text);
  const show = (t, own) => {
    const s = Math.floor(t);
    if (s !== shown || own) {
      shown = s;
      if (!dragging) seek.value = s;
      at.textContent = clock(s);
      if (own || doc.activeElement !== seek) value(words(s));
    }
    if (begun && (own || audio.paused || !lines.length)) mark(t, own); // while a text plays, "tick" marks it
  };
  const go = (t) => {
    begun = true;
    stopAt = null;
    t = Math.min(Math.max(t, 0), Math.max(length - 0.2, 0));
    if (audio.readyState && !failed) audio.currentTime = t; else wanted = t;
    show(t, true);
  };

  const paint = () => {
    const running = !audio.paused && !failed;
    const { weight } = sound.dataset;
    play.lastElementChild.replaceChildren(make("b", running ? "Pause" : "Écouter"), ...(begun ? [] : [" ", make("small", weight)]));
    play.classList.toggle("playing", running);
    every("span[data-weight]").forEach((one) => { one.textContent = weight; });
    if (size) size.value = sound.dataset.kind;
  };
  const calm = () => { timers.forEach(clearTimeout); timers = []; };
  const wait = () => {
    const light = sounds[0];
    calm();
    timers = [
      setTimeout(() => say("Chargement du son…"), 300),
      setTimeout(() => say("La connexion est lente. ", ...([light.src, data.kept].includes(audio.src) ? []
        : [button(`Essayer le son léger (${light.dataset.weight})\u202f?`, () => choose(light))])), 8000),
    ];
  };
  /** Take another sound, or the same one again, from the same place. */
  const take = (url) => {
    if (audio.src === url && !failed) return;
    if (audio.src) wanted = here();
    failed = false;
    audio.src = url;
  };
  const tell = () => doc.dispatchEvent(new CustomEvent("audionews:size",
    { detail: { id, url: sound.src, bytes: Number(sound.dataset.bytes) } }));
  const choose = (one) => {
    const running = !audio.paused;
    sound = one;
    memory("size", one.dataset.kind);
    tell();
    take(one.src);
    if (running) start(); else paint();
  };
  const start = () => {
    begun = true;
    if (failed) take(data.kept || sound.src);
    say();
    audio.play().catch(none); // a pause cancels it, and "error" tells the rest
    if (audio.readyState < 3) wait();
  };
  const fail = () => {
    calm();
    if (data.kept && audio.src !== data.kept) {
      take(data.kept);
      start();
      return;
    }
    wanted = here();
    failed = true;
    audio.pause();
    paint();
    say();
    alarm.append(...(navigator.onLine
      ? ["Le son ne se charge pas. ", button("Réessayer", start), ", ou ",
        make("a", `lire le texte ${page ? "sur sa page" : "ci-dessous"}`, { href: page ?? "#texte", target: framed ? "_blank" : "" }), ". ",
        ...(framed ? [] : [make("a", "Télécharger le son", { href: sound.src, download: "" }), "."])]
      : [`Pas de connexion${NB}: ce journal n’est pas gardé ici. Le texte reste lisible.`]));
  };
  /** Remember the place after 15 s heard, every 5 s and at each pause. */
  const keep = (now) => {
    const t = audio.currentTime;
    if (t < 15 || (!now && Math.abs(t - saved) < 5)) return;
    saved = t;
    memory(id, t > length - 15 ? 0 : Math.floor(t));
  };

  on(play, "click", () => (audio.paused || failed ? start() : audio.pause()));
  on(audio, "error", fail);
  on(audio, "play", paint);
  on(audio, "waiting", wait);
  on(audio, "playing", () => { calm(); say(); paint(); });
  on(audio, "pause", () => { calm(); if (!failed) say(); paint(); keep(true); });
  on(audio, "ended", () => { memory(id, 0); paint(); });
  on(audio, "loadedmetadata", () => {
    audio.playbackRate = speed?.value ?? 1;
    if (wanted !== null) audio.currentTime = wanted;
    wanted = null;
  });
  on(audio, "timeupdate", () => {
    if (wanted !== null) return;
    const t = audio.currentTime;
    if (stopAt !== null && t >= stopAt) {
      stopAt = null;
      audio.pause();
    }
    show(t);
    keep();
  });
  on(audio, "playing seeked ratechange", tick);
  on(doc, "visibilitychange", tick);

  on(seek, "input", () => {
    dragging = true;
    at.textContent = clock(seek.value);
    value(words(seek.value));
  });
  on(seek, "change", () => { dragging = false; go(Number(seek.value)); });
  on(seek, "focus", () => value(`${words(here())} sur ${words(length)}`));
  on(seek, "keydown", (event) => {
    const step = { ArrowRight: 5, ArrowUp: 5, ArrowLeft: -5, ArrowDown: -5, PageUp: 30, PageDown: -30 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(here() + step);
  });
  every("[data-skip]").forEach((one) => on(one, "click", () => go(here() + Number(one.dataset.skip))));
  on(speed, "change", () => {
    audio.playbackRate = speed.value;
    memory("speed", speed.value);
  });
  on(size, "change", () => choose(kind(size.value)));
  on(find(".share"), "click", () => {
    const url = new URL(page ?? location.pathname, location.href);
    const t = Math.floor(here());
    url.hash = t && `t=${t}`;
    if (navigator.share) navigator.share({ title: data.title, url: url.href }).catch(none); // who shares may change their mind
    else copy(url.href, status, t ? `Lien copié, à ${clock(t)}.` : "Lien copié.");
  });
  on(root, "click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-start]");
    if (link) {
      event.preventDefault();
      if (!page) history.replaceState(null, "", link.hash);
      if (framed) find("details").open = false;
      go(link.dataset.start / 1000);
      if (lines[lineNow] && link.closest(".chapters")) reveal(lines[lineNow]);
      start();
      return;
    }
    const sentence = event.target.closest("[data-t]");
    if (sentence && getSelection().isCollapsed) go(startOf(sentence));
  });
  if (follow) {
    const press = (yes) => {
      following = yes;
      follow.setAttribute("aria-pressed", yes);
    };
    press(memory("follow") !== "no");
    on(follow, "click", () => {
      press(!following);
      memory("follow", following ? "yes" : "no");
    });
    on(self, "wheel touchmove keydown", (event) => {
      if (!event.key || (/^(Arrow|Page|Home|End| )/.test(event.key) && !event.target.closest?.(".bar, .extras"))) held = Date.now() + 5000;
    });
  }

  const session = navigator.mediaSession;
  if (session) {
    const { href: src, type } = doc.querySelector('link[rel="icon"]');
    session.metadata = new MediaMetadata({ title: data.title, artist: data.station, artwork: [{ src, type }] });
    const story = (by) => go(parts[Math.max(last(parts, here()) + by, 0)] ?? here());
    const acts = {
      play: start, pause: () => audio.pause(), seekto: (e) => go(e.seekTime),
      seekbackward: (e) => go(here() - (e.seekOffset || 10)), seekforward: (e) => go(here() + (e.seekOffset || 30)),
      previoustrack: () => story(-1), nexttrack: () => story(1),
    };
    for (const name in acts) try { session.setActionHandler(name, acts[name]); } catch { /* unknown to this engine */ }
    on(audio, "loadedmetadata play pause seeked ratechange", () => {
      const { duration, playbackRate, currentTime } = audio;
      if (Number.isFinite(duration)) try { session.setPositionState({ duration, playbackRate, position: Math.min(currentTime, duration) }); } catch { /* it plays all the same */ }
    });
  }

  /** Go to the time named in the address; never play by itself. */
  const cue = () => {
    const found = /^#t=([\d:.]+),?([\d:.]*)$/.exec(location.hash.replace(/%3A/gi, ":").replace(/%2C/gi, ","));
    const from = found ? seconds(found[1]) : NaN;
    if (!(from < length)) return false;
    go(from);
    const until = seconds(found[2]);
    stopAt = until > from ? until : null;
    if (!doc.getElementById(location.hash.slice(1))) lines[lineNow]?.scrollIntoView({ behavior: "instant" });
    if (audio.paused) say(`Prêt à ${clock(from)}.`);
    return true;
  };
  for (const one of [...size?.options ?? []]) if (!kind(one.value)) one.remove();
  const pace = memory("speed");
  if ([...speed?.options ?? []].some((one) => one.value === pace)) speed.value = pace;
  take(data.kept || sound.src);
  audio.removeAttribute("controls");
  audio.hidden = true;
  for (const one of every(".controls, .extras, .follow")) one.hidden = false;
  paint();
  root.classList.add("ready");
  on(self, "hashchange", cue);
  on(doc, "DOMContentLoaded", tell); // to keep.js, which comes after this script
  on(doc, "audionews:kept", ({ detail }) => {
    if (detail.id === id && audio.paused) take(detail.url || sound.src);
  });
  if (!cue()) {
    const place = Number(memory(id));
    if (place >= 15 && place < length - 15) {
      wanted = place;
      show(place);
      say(`Reprendre à ${clock(place)}.`);
    }
  }
  if (Date.now() - Date.parse(data.published) > 864e5) {
    status.append(" ", `Ce journal date du ${data.day}. `, make("a", "Écouter le dernier journal", { href: data.home }), ".");
    status.classList.add("old");
  }
})();
