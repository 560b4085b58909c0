"use strict";
/* Search in the text of all bulletins. Nothing is loaded before somebody asks: then the list of months and the newest
   of them; older ones by a button that tells their size. Case, accents, œ, apostrophes and the blanks inside numbers
   do not count; the start of a word finds it; every word must be in the bulletin; between quotes, the exact words. */
(() => {
  // In the order of the page.
  const [form, fields, field, status, results, more, next, all] = document.querySelectorAll("[data-search]");
  const WORDS = /\d{1,3}(?:[\s.]\d{3})+(?!\d)|\d+|[\p{L}\p{M}]+/gu;
  const SHOWN = 10; // bulletins at a time
  const LINES = 3; // of a bulletin
  const WORK = 8; // ms; then the page may do something else

  /** The words of a text as they are compared, a blank before and after each. */
  const fold = (text) => ` ${(text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae")
    .match(WORDS) ?? []).map((one) => one.replace(/[\s.]/g, "")).join(" ")} `;
  const many = (n, word) => `${n}\u00a0${word}${n > 1 ? "s" : ""}`;
  const clock = (s) => `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
  const make = (tag, more, ...parts) => {
    const made = Object.assign(document.createElement(tag), more);
    made.append(...parts);
    return made;
  };

  let months; // newest first
  const texts = []; // of each month that was asked for, the promise of its bulletins
  let depth = 1; // months searched
  let sought; // in folded texts: " start of a word", " the exact words "
  let hits;
  let turn = 0;
  let until = 0; // when the work under way has to pause
  let waiting;

  const read = () => {
    const exact = [];
    const rest = field.value.replace(/[«"“]([^»"”]*)[»"”]/g, (_, inside) => (exact.push(fold(inside)), " "));
    const words = fold(rest.replace(/(^|[^\p{L}])([cdjlmnst]|qu)['’]/giu, "$1 ")).split(" ");
    sought = [...words.map((one) => ` ${one}`), ...exact].filter((one) => one.trim());
  };
  /** A text in pieces, with what was found in it marked. */
  const mark = (text) => {
    const line = fold(text);
    const pieces = [];
    let end = 0;
    let start = 0; // of the word in the folded text
    const within = (one) => line.lastIndexOf(one, start) >= Math.max(0, start - one.length + 2);
    for (const { 0: word, index } of text.matchAll(WORDS)) {
      if (sought.some(within)) {
        pieces.push(text.slice(end, index), make("mark", {}, word));
        end = index + word.length;
      }
      start += fold(word).length - 1;
    }
    return [...pieces, text.slice(end)];
  };
  const load = async (name) => {
    const answer = await fetch(`search/${name}.json`);
    if (!answer.ok) throw Error(name);
    return answer.text();
  };
  /** The bulletins of a month, one to a line: each is read when its turn comes, for a whole month takes too long. */
  const bulletins = async (month) => (await load(month)).trim().slice(1, -1).split(",\n").filter(Boolean);

  /** Let the page do something else when this has taken long; false when another search has begun meanwhile. */
  const goes = async (mine) => {
    if (performance.now() > until) {
      await new Promise((done) => setTimeout(done));
      until = performance.now() + WORK;
    }
    return mine === turn;
  };
  const show = async (mine) => {
    const from = results.childElementCount;
    for (const [{ id, title }, lines] of hits.slice(from, from + SHOWN)) {
      if (!await goes(mine)) return;
      const page = `episodes/${encodeURIComponent(id)}/index.html`;
      const rows = lines.slice(0, LINES).map(([second, text]) => make("li", {}, make("a", { href: `${page}#t=${second}` },
        make("bdi", {}, ...mark(text)), " ", make("time", {}, clock(second)))));
      const left = lines.length - LINES;
      results.append(make("li", {}, make("h2", {}, make("a", { href: page }, ...mark(title))),
        make("ul", { className: "chapters" }, ...rows), left > 0 ? `et ${many(left, "phrase")} de plus` : ""));
    }
    more.hidden = hits.length <= from + SHOWN;
    return results.children[from];
  };
  const tell = () => {
    const [old, coming] = months.slice(depth - 1);
    const count = hits.reduce((sum, one) => sum + one[1].length, 0);
    const found = hits.length ? `${many(count, "phrase")} dans ${many(hits.length, "bulletin")}` : "Rien";
    status.textContent = `${found}, ${depth > 1 ? "depuis" : "en"} ${old.name}.`;
    next.hidden = !coming;
    all.hidden = !months[depth + 1];
    next.textContent = `Chercher aussi en ${coming?.name} (${coming?.weight})`;
    all.textContent = `Chercher partout (${coming?.rest})`;
    if (document.activeElement.hidden) field.focus();
  };

  /** Search so many months, or those that are there, in small steps; a later search puts an end to it. */
  const search = async (count) => {
    const mine = ++turn;
    clearTimeout(waiting);
    read();
    history.replaceState(null, "", field.value ? `?${new URLSearchParams({ q: field.value })}` : location.pathname);
    if (!sought.length) {
      results.textContent = status.textContent = "";
      next.hidden = all.hidden = more.hidden = true;
      return;
    }
    try {
      months ??= JSON.parse(await load("index"));
      const wide = Math.min(Math.max(depth, count), months.length);
      const found = [];
      for (let at = 0; at < wide; at++) {
        const { month, name } = months[at];
        if (!texts[at]) status.textContent = `Chargement de ${name}…`;
        const all = await (texts[at] ??= bulletins(month));
        for (const n of all.keys()) {
          if (!await goes(mine)) return;
          if (typeof all[n] === "string") all[n] = JSON.parse(all[n]);
          const one = all[n];
          one.folded ??= [...one.lines.map((line) => line[1]), one.title].map(fold);
          if (!sought.every((word) => one.folded.some((text) => text.includes(word)))) continue;
          const lines = one.lines.map((line, n) => [...line, sought.filter((word) => one.folded[n].includes(word)).length]);
          // The most words first; of equal ones, what is said first.
          found.push([one, lines.filter((line) => line[2]).sort((a, b) => b[2] - a[2])]);
        }
      }
      depth = wide;
      hits = found;
      results.textContent = "";
      tell();
      await show(mine);
    } catch {
      texts.length = Math.min(texts.length, depth - 1);
      if (mine === turn) status.textContent = "La recherche ne se charge pas. Réessayez.";
    }
  };

  field.oninput = () => { clearTimeout(waiting); waiting = setTimeout(search, 200, 1); };
  form.onsubmit = () => { search(1); return false; };
  next.onclick = () => search(depth + 1);
  all.onclick = () => search(months.length);
  more.onclick = async () => (await show(turn))?.querySelector("a").focus();
  fields.disabled = false;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) search(1);
})();
