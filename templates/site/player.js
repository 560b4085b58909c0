"use strict";
/* The player in place of the browser's own. Everything on the page can be read and played without it. */
(() => {
  const NB = "\u00a0";
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const clock = (s) => {
    s = Math.floor(s);
    const two = (n) => String(n).padStart(2, "0");
    const minutes = Math.floor(s / 60) % 60;
    return (s >= 3600 ? `${Math.floor(s / 3600)}:${two(minutes)}` : minutes) + `:${two(s % 60)}`;
  };
  const words = (s) => {
    s = Math.floor(s);
    const count = (n, word) => (n ? [`${n}${NB}${word}${n > 1 ? "s" : ""}`] : []);
    const said = [...count(Math.floor(s / 60), "minute"), ...count(s % 60, "seconde")];
    return said.join(" ") || `0${NB}seconde`;
  };
  /** Seconds of "78", "1:18" or "0:01:18"; NaN for anything else. */
  const seconds = (text) => (/^\d+(:\d{1,2}){0,2}(\.\d+)?$/.test(text)
    ? text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) : NaN);

  const copy = async (text, place, done) => {
    try {
      await navigator.clipboard.writeText(text);
      place.textContent = done;
    } catch {
      place.textContent = text;
    }
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button.dataset.copy, document.querySelector("[data-copied]"), "Adresse copiée."));
  }

  const root = document.querySelector("[data-player]");
  if (!root) return;
  const find = (selector) => root.querySelector(selector);
  const audio = find("audio");
  const play = find(".play");
  const label = find(".play span");
  const seek = find(".seek");
  const status = find(".status");
  const speed = find(".speed");
  const follow = find(".follow");
  const length = Number(root.dataset.length) / 1000;
  const memory = `audionews:${root.dataset.player}`;
  const chapters = [...root.querySelectorAll(".chapters a")];
  const sentences = [...root.querySelectorAll("[data-t]")];
  const chapterStarts = chapters.map((one) => one.dataset.start / 1000);
  const sentenceStarts = sentences.map((one) => one.dataset.t / 1000);

  let wanted = null;     // a place asked for before the sound is there (iOS drops an early seek)
  let stopAt = null;     // end of a link such as #t=78,120
  let begun = false;     // something is marked as current only after a first act
  let dragging = false;
  let failed = false;
  let held = 0;          // until when the reader's own scrolling holds the following
  let saved = 0;
  let timers = [];

  const here = () => (wanted === null ? audio.currentTime : wanted);
  const say = (text, link) => {
    status.replaceChildren(text);
    if (link) {
      const a = document.createElement("a");
      a.href = link.href;
      a.textContent = link.text;
      status.append(" ", a);
    }
  };
  /** Index of the last start at or before t; -1 when there is none. */
  const last = (starts, t) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= t + 0.05) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  let chapterNow = -1;
  let sentenceNow = -1;
  const mark = (t, own) => {
    const c = last(chapterStarts, t);
    if (c !== chapterNow) {
      chapters[chapterNow]?.removeAttribute("aria-current");
      chapters[c]?.setAttribute("aria-current", "true");
      chapterNow = c;
    }
    const s = last(sentenceStarts, t);
    if (s === sentenceNow) return;
    sentences[sentenceNow]?.classList.remove("now");
    sentences[s]?.classList.add("now");
    sentenceNow = s;
    if (!own && sentences[s] && follow?.getAttribute("aria-pressed") === "true" && !audio.paused && Date.now() > held) reveal(sentences[s]);
  };
  const reveal = (node) => {
    const box = node.getBoundingClientRect();
    const top = find(".bar").getBoundingClientRect().bottom;
    if (box.top > top + 8 && box.bottom < innerHeight * 0.75) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: scrollY + box.top - Math.max(top, 0) - innerHeight * 0.2, behavior: calm ? "auto" : "smooth" });
  };
  const show = (t, own = false) => {
    if (!dragging) seek.value = Math.floor(t);
    find(".time .at").textContent = clock(t);
    if (own || document.activeElement !== seek) seek.setAttribute("aria-valuetext", words(t));
    if (begun) mark(t, own);
  };
  const go = (t) => {
    begun = true;
    stopAt = null;
    t = Math.min(Math.max(t, 0), Math.max(length - 0.2, 0));
    if (audio.readyState >= 1 && !failed) audio.currentTime = t; else wanted = t;
    show(t, true);
  };

  const calm = () => { timers.forEach(clearTimeout); timers = []; };
  const wait = () => {
    calm();
    timers = [
      setTimeout(() => say("Chargement du son…"), 300),
      setTimeout(() => say("La connexion est lente. Le texte se lit ci-dessous."), 8000),
    ];
  };
  const paint = () => {
    const on = !audio.paused && !failed;
    label.textContent = on ? "Pause" : "Écouter";
    play.classList.toggle("playing", on);
  };
  const start = () => {
    begun = true;
    if (failed) {
      wanted = here();
      failed = false;
      audio.load();
    }
    say("");
    audio.play().catch(() => { /* a pause cancels it, and "error" tells the rest */ });
    if (audio.readyState < 3) wait();
  };
  const fail = () => {
    calm();
    wanted = here();
    failed = true;
    audio.pause();
    paint();
    say(navigator.onLine === false
      ? "Pas de connexion. Le texte reste lisible."
      : "Le son ne se charge pas. Réessayer, ou lire le texte ci-dessous.");
  };

  play.addEventListener("click", () => (audio.paused || failed ? start() : audio.pause()));
  audio.addEventListener("error", fail);
  audio.addEventListener("play", paint);
  audio.addEventListener("waiting", wait);
  audio.addEventListener("playing", () => { calm(); say(""); paint(); });
  audio.addEventListener("pause", () => { calm(); if (!failed) say(""); paint(); keep(true); });
  audio.addEventListener("ended", () => { remember(memory, "0"); paint(); });
  audio.addEventListener("loadedmetadata", () => {
    audio.playbackRate = Number(speed.value);
    if (wanted !== null) audio.currentTime = wanted;
    wanted = null;
  });
  audio.addEventListener("timeupdate", () => {
    if (wanted !== null) return;
    const t = audio.currentTime;
    if (stopAt !== null && t >= stopAt) {
      stopAt = null;
      audio.pause();
    }
    show(t);
    keep(false);
  });
  /** Remember the place after 15 s heard, every 5 s and at each pause. */
  const keep = (now) => {
    const t = audio.currentTime;
    if (t < 15 || (!now && Math.abs(t - saved) < 5)) return;
    saved = t;
    remember(memory, String(Math.floor(t > length - 15 ? 0 : t)));
  };

  seek.addEventListener("input", () => {
    dragging = true;
    find(".time .at").textContent = clock(seek.value);
    seek.setAttribute("aria-valuetext", words(seek.value));
  });
  seek.addEventListener("change", () => { dragging = false; go(Number(seek.value)); });
  seek.addEventListener("focus", () => seek.setAttribute("aria-valuetext", `${words(here())} sur ${words(length)}`));
  seek.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 5, ArrowUp: 5, ArrowLeft: -5, ArrowDown: -5, PageUp: 30, PageDown: -30 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(here() + step);
  });
  for (const button of root.querySelectorAll("[data-skip]")) {
    button.addEventListener("click", () => go(here() + Number(button.dataset.skip)));
  }
  speed.addEventListener("change", () => {
    audio.playbackRate = Number(speed.value);
    remember("audionews:speed", speed.value);
    position();
  });
  find(".share").addEventListener("click", () => {
    const url = new URL(root.dataset.page ?? location.pathname, location.href);
    const t = Math.floor(here());
    url.hash = t ? `t=${t}` : "";
    copy(url.href, status, t ? `Lien copié, à ${clock(t)}.` : "Lien copié.");
  });

  root.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-start]");
    if (link) {
      event.preventDefault();
      if (!root.dataset.page) history.replaceState(null, "", link.hash);
      go(Number(link.dataset.start) / 1000);
      if (sentences[sentenceNow] && link.closest(".chapters")) reveal(sentences[sentenceNow]);
      start();
      return;
    }
    const sentence = event.target.closest("[data-t]");
    if (sentence && getSelection().isCollapsed) go(Number(sentence.dataset.t) / 1000);
  });

  if (follow) {
    follow.setAttribute("aria-pressed", String(recall("audionews:follow") !== "no"));
    follow.addEventListener("click", () => {
      const on = follow.getAttribute("aria-pressed") !== "true";
      follow.setAttribute("aria-pressed", String(on));
      remember("audionews:follow", on ? "yes" : "no");
    });
    const hold = () => { held = Date.now() + 5000; };
    addEventListener("wheel", hold, { passive: true });
    addEventListener("touchmove", hold, { passive: true });
    addEventListener("keydown", (event) => {
      if (/^(Arrow|Page|Home|End| )/.test(event.key) && event.target.closest?.(".bar, .extras") === null) hold();
    });
  }

  const position = () => {
    if (!Number.isFinite(audio.duration) || !navigator.mediaSession?.setPositionState) return;
    try {
      navigator.mediaSession.setPositionState({ duration: audio.duration, playbackRate: audio.playbackRate, position: Math.min(audio.currentTime, audio.duration) });
    } catch { /* an engine that refuses it plays all the same */ }
  };
  if (navigator.mediaSession) {
    const icon = document.querySelector('link[rel="icon"]');
    navigator.mediaSession.metadata = new MediaMetadata({
      title: root.dataset.title, artist: root.dataset.station, artwork: icon ? [{ src: icon.href, type: icon.type }] : [],
    });
    const story = (by) => go(chapterStarts[Math.min(Math.max(last(chapterStarts, here()) + by, 0), chapters.length - 1)] ?? 0);
    const acts = {
      play: start, pause: () => audio.pause(), seekto: (e) => go(e.seekTime),
      seekbackward: (e) => go(here() - (e.seekOffset || 10)), seekforward: (e) => go(here() + (e.seekOffset || 30)),
      previoustrack: () => story(-1), nexttrack: () => story(1),
    };
    for (const [name, act] of Object.entries(acts)) {
      try { navigator.mediaSession.setActionHandler(name, act); } catch { /* unknown to this engine */ }
    }
    for (const name of ["loadedmetadata", "play", "pause", "seeked"]) audio.addEventListener(name, position);
  }

  /** Go to the time named in the address; never play by itself. */
  const cue = () => {
    const found = /^#t=([\d:.]+)(?:,([\d:.]+))?$/.exec(location.hash.replace(/%3A/gi, ":").replace(/%2C/gi, ","));
    const from = found ? seconds(found[1]) : NaN;
    if (!(from < length)) return false;
    go(from);
    const until = seconds(found[2] ?? "");
    stopAt = until > from ? until : null;
    if (!document.getElementById(location.hash.slice(1))) sentences[sentenceNow]?.scrollIntoView();
    if (audio.paused) say(`Prêt à ${clock(from)}.`);
    return true;
  };
  const pace = recall("audionews:speed");
  if (pace && [...speed.options].some((one) => one.value === pace)) speed.value = pace;
  audio.removeAttribute("controls");
  audio.hidden = true;
  find(".controls").hidden = false;
  find(".extras").hidden = false;
  root.classList.add("ready");
  addEventListener("hashchange", cue);
  if (!cue()) {
    const place = Number(recall(memory)) || 0;
    if (place >= 15 && place < length - 15) {
      wanted = place;
      show(place);
      say(`Reprendre à ${clock(place)}.`);
    } else if (root.dataset.published && Date.now() - Date.parse(root.dataset.published) > 864e5) {
      say("Ce journal a plus d’un jour.", { href: root.dataset.home, text: "Écouter le dernier journal" });
    }
  }
})();
