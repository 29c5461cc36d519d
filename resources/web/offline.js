// The search of a catalogue that has no server: over the prepared list in indeks.js, by MiniSearch.
// Words are asked for as the program asks: as typed, by their stems, by what else they are called;
// where that finds nothing, with one slip of the finger. The begin of very many words ("p", "97") is
// not weighed title by title, which takes a telephone a quarter of a second: its titles are marked.
(() => {
  "use strict";
  const data = window.selasar;
  const words = data.words;
  const PAGE = 20;
  const ENOUGH = 100;
  const HEAVY = 1500;
  const MARK = "~";
  const box = document.getElementById("q");
  const told = document.getElementById("told");
  const list = document.getElementById("rows");
  const more = document.getElementById("more");
  const kinds = document.getElementById("kinds");
  const classes = document.getElementById("classes");
  const shape = document.getElementById("row").content;
  const counted = told.textContent;

  const titles = data.titles.split("\n").map((line) => {
    const [id, title, by, kind, call, shade, mark, copies] = line.split("\t");
    return { id, title, by, kind, call, shade, mark, copies };
  });

  // Every word in its order, and where its titles begin in `held`: those that have it in their title,
  // then all others.
  const terms = [];
  const begins = [];
  let held = [];
  const places = (text) => {
    const found = {};
    let at = 0;
    for (const step of text ? text.split(",") : []) { at += parseInt(step, 36); found[at] = 1; held.push(at); }
    return found;
  };
  function* index() {
    for (const line of data.terms.split("\n")) {
      const [term, first, rest] = line.split(" ");
      const entry = {};
      terms.push(term);
      begins.push(held.length);
      if (first) entry[0] = places(first);
      begins.push(held.length);
      if (rest) entry[1] = places(rest);
      yield [term, entry];
    }
    begins.push(held.length);
    held = Int32Array.from(held);
  }
  const place = (word) => {
    let low = 0;
    let high = terms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (terms[middle] < word) low = middle + 1; else high = middle;
    }
    return low;
  };
  const between = (word) => [place(word), place(word + "\uffff")];
  const isHeavy = (word) => {
    const [first, last] = between(word);
    return begins[2 * last] - begins[2 * first] > HEAVY;
  };
  // Of each title how well it has a word: 3 in its title, 2 a longer one there, 1 anywhere, 0 not.
  const markedBy = (word) => {
    const marks = new Uint8Array(titles.length);
    const [first, last] = between(word);
    for (let at = first; at < last; at += 1) {
      const level = terms[at] === word ? 3 : 2;
      for (let one = begins[2 * at]; one < begins[2 * at + 1]; one += 1) if (marks[held[one]] < level) marks[held[one]] = level;
      for (let one = begins[2 * at + 1]; one < begins[2 * at + 2]; one += 1) if (!marks[held[one]]) marks[held[one]] = 1;
    }
    return marks;
  };
  // The titles that have every one of these words, the best first, then as they stand in the list.
  const ranked = (marks) => {
    const found = [];
    for (let id = 0; id < titles.length; id += 1) {
      let sum = 0;
      for (const one of marks) { if (!one[id]) { sum = 0; break; } sum += one[id]; }
      if (sum) (found[sum] = found[sum] || []).push({ id });
    }
    return found.reverse().flat();
  };

  const stems = new Map();
  const concepts = new Map();
  let longest = 1;
  const learn = () => {
    for (const line of data.stems.split("\n")) { const [word, stem] = line.split(" "); stems.set(word, stem); }
    for (const line of data.concepts.split("\n")) {
      const terms = line.split(",");
      for (const term of terms) {
        concepts.set(term, (concepts.get(term) || []).concat(terms.filter((one) => one !== term)));
        longest = Math.max(longest, term.split(" ").length);
      }
    }
  };

  const fold = (text) => (text.replace(/['’‘‛`´ʻʼ]/g, "").normalize("NFKD").toLowerCase()
    .replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) || []);
  const every = (list, more) => ({ combineWith: "AND", queries: list, ...more });
  const stem = (word) => stems.get(word) || word;

  const spans = (asked) => {
    const found = [];
    for (let at = 0; at < asked.length;) {
      let length = Math.min(longest, asked.length - at);
      while (length > 1 && !concepts.has(asked.slice(at, at + length).join(" "))) length -= 1;
      found.push(asked.slice(at, at + length));
      at += length;
    }
    return found;
  };
  const exact = { prefix: false, boost: { t: 2, r: 1 } };
  const alternatives = (span) => {
    const ways = [every(span)];
    for (const word of span) if (span.length === 1 && stem(word) !== word) ways.push(every([stem(word)], exact));
    const marked = span.map((word) => MARK + stem(word));
    if (span.some((word) => word.length > 3)) ways.push(every(marked, exact));
    for (const other of concepts.get(span.join(" ")) || []) ways.push(every(other.split(" "), exact));
    return { combineWith: "OR", queries: ways };
  };

  const why = (asked, match) => {
    const terms = Object.keys(match);
    if (asked.every((word) => terms.some((term) => term.startsWith(word)))) return "";
    return terms.filter((term) => term[0] !== MARK).slice(0, 3).join(", ");
  };

  const show = (found, asked, from) => {
    const some = found.slice(from, from + PAGE);
    for (const one of some) {
      const row = titles[one.id];
      const item = shape.cloneNode(true);
      const at = (name) => item.querySelector(name);
      at(".row").href = "judul/" + row.id + ".html";
      at(".cover").classList.add("k" + row.shade);
      at(".cover").textContent = row.mark;
      at(".t").textContent = row.title;
      at(".by").textContent = row.by;
      at(".facts").textContent = [words.kinds[row.kind] || row.kind, row.call].filter(Boolean).join(" · ");
      const reason = one.match ? why(asked, one.match) : "";
      at(".why").textContent = reason ? words.why.replace("{words}", reason) : "";
      at(".pill").textContent = row.copies === "0" ? words.none : words.copies.replace("{n}", row.copies);
      list.append(item);
    }
    more.hidden = from + PAGE >= found.length;
    more.onclick = () => show(found, asked, from + PAGE);
  };

  const slips = { prefix: false, fuzzy: (word) => (word.length > 6 ? 2 : word.length > 4 ? 1 : 0) };
  const mended = (word) => {
    const [best] = search.search(word, slips);
    return (best && best.terms.find((term) => term[0] !== MARK)) || word;
  };

  let kind = new URLSearchParams(location.search).get("jenis") || "";
  const offer = (found) => {
    const counts = new Map();
    for (const one of found) { const name = titles[one.id].kind; counts.set(name, (counts.get(name) || 0) + 1); }
    kinds.replaceChildren();
    if (counts.size < 2 && !kind) return;
    for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1])) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "second";
      button.setAttribute("aria-pressed", String(name === kind));
      button.textContent = (words.kinds[name] || name) + " " + count;
      button.onclick = () => { kind = name === kind ? "" : name; answer(); };
      kinds.append(button);
    }
  };

  let search = null;
  const answer = () => {
    const asked = fold(box.value);
    list.replaceChildren();
    classes.hidden = asked.length > 0 || kind !== "";
    list.hidden = !classes.hidden;
    more.hidden = true;
    if (!classes.hidden) { kinds.replaceChildren(); told.textContent = counted; return; }
    if (!search) { told.textContent = words.wait; return; }
    let found = titles.map((_row, id) => ({ id }));
    if (asked.length) {
      const light = asked.filter((word) => !isHeavy(word));
      const marks = asked.filter(isHeavy).map(markedBy);
      const also = (listed) => listed.filter((one) => marks.every((has) => has[one.id]));
      const widely = (list) => also(search.search({ combineWith: "AND", queries: spans(list).map(alternatives) }));
      // As at the desk: other words are looked for where those typed leave room for them.
      found = light.length ? also(search.search(every(light))) : ranked(marks);
      if (light.length && found.length < ENOUGH) found = widely(light);
      if (light.length && !found.length) found = widely(light.map(mended));
    }
    offer(found);
    if (kind) found = found.filter((one) => titles[one.id].kind === kind);
    list.hidden = !found.length;
    told.textContent = found.length ? words.found.replace("{n}", found.length.toLocaleString(document.documentElement.lang)) : words.nothing;
    show(found, asked, 0);
  };

  const made = {
    documentCount: titles.length, nextId: titles.length, fieldIds: { t: 0, r: 1 },
    documentIds: Object.fromEntries(titles.map((_row, at) => [at, at])),
    fieldLength: Object.fromEntries(data.lengths.split(" ").map((pair, at) => [at, pair.split(",").map(Number)])),
    averageFieldLength: data.average, storedFields: {}, dirtCount: 0, serializationVersion: 2, index: index(),
  };
  const options = {
    fields: ["t", "r"], tokenize: (text) => text.split(" "), processTerm: (term) => term,
    searchOptions: { prefix: true, boost: { t: 4, r: 1 } },
  };
  let waiting = 0;
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(answer, 120); });
  document.querySelector("form.search").addEventListener("submit", (event) => { event.preventDefault(); answer(); });
  box.value = new URLSearchParams(location.search).get("q") || box.value;
  answer();
  MiniSearch.loadJSAsync(made, options).then((ready) => {
    learn();
    search = ready;
    document.documentElement.dataset.ready = "yes";
    answer();
  });
})();
