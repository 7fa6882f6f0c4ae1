"use strict";
// Everything shows without this script. It adds filters, the panel of a passage, explanations in place, links that keep
// the filters, citations to copy and a file to download. What is on the page is its only data.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const AUTHOR = "article"; // the voice of a claim that names none
const CERTAIN = "CT+"; // and its certainty
const form = one(".toolbar form");
const claims = all(".c");
const articleOf = (element) => element.closest(".article");
const tableOf = (row) => row.closest(".table").dataset.table;
const idOf = (row) => one("h4 a", row).textContent;

/* ---- Filters: rows and claims that pass are shown, and what they leave is counted. ---- */

/** What filters ask of the page, read once, when it is first needed. */
const known = { };

function read() {
  if (known.rows) return known;
  known.claims = new Map(claims.map((element, number) => [element, {
    element,
    number,
    voice: element.dataset.v ?? AUTHOR,
    certainty: element.dataset.f ?? CERTAIN,
    support: element.classList.contains("i") ? "inferred" : "explicit",
    left: true,
  }]));
  known.articles = all("details.article").map((element) => ({
    element,
    entry: one(`nav a[href="#${CSS.escape(element.id)}"]`).parentElement,
  }));
  known.tables = all(".table").map((element) => ({
    element,
    article: known.articles.find((article) => article.element === articleOf(element)),
    number: one(".n", element),
    rows: all(".row", element),
  }));
  known.rows = known.tables.flatMap((table) => table.rows.map((element) => ({
    element,
    in: table,
    table: table.element.dataset.table,
    kind: element.dataset.k ?? "",
    actors: (element.dataset.a ?? "").split(" "),
    speaks: element.dataset.v ?? "",
    text: element.textContent.toLowerCase(),
    claims: all(".c", element).map((claim) => known.claims.get(claim)),
  })));
  const byNumber = [...known.claims.values()];
  known.blocks = all(".block").map((element) => ({
    element,
    passages: all(".p", element).map((passage) => ({
      element: passage,
      claims: passage.dataset.c.split(" ").map((number) => byNumber[number]),
    })),
  }));
  known.events = all("[data-e]").map((element) => {
    const { n } = articleOf(element).dataset;
    return { element, event: `${n ? `${n}/` : ""}events/${element.dataset.e}`, isNode: element.classList.contains("node") };
  });
  known.lines = all(".subject li, .voice li:has(a[href*='quotes/'], a[href*='assessments/'])").map((element) => ({
    element,
    row: decodeURIComponent(one("a[href*='quotes/'], a[href*='assessments/']", element).hash.slice(1)),
  }));
  return known;
}

function wanted() {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
}

function claimPasses(claim, filter, voice) {
  return (!voice || claim.voice === voice) && (!filter.support || claim.support === filter.support)
    && (!filter.certainty || claim.certainty === filter.certainty);
}

/** The claims of a row that pass, or null if the row does not. Who speaks or thinks a row passes as its voice. */
function passing(row, filter, words) {
  if ((filter.table && row.table !== filter.table) || (filter.kind && row.kind !== filter.kind)
    || (filter.actor && !row.actors.includes(filter.actor))) return null;
  if (!words.every((word) => row.text.includes(word))) return null;
  const voice = row.speaks === filter.voice ? "" : filter.voice;
  const left = row.claims.filter((claim) => claimPasses(claim, filter, voice));
  const asksForClaims = voice || filter.support || filter.certainty;
  return left.length || !asksForClaims ? left : null;
}

let isFiltered = false;

function applyFilters() {
  const filter = wanted();
  const filtered = Object.keys(filter).length > 0;
  one("#left").classList.toggle("filtered", filtered);
  one("#download").textContent = `Download ${filter.table ?? "claims"} as CSV`;
  if (!filtered && !isFiltered) {
    one("#left").textContent = `${all(".row").length} rows, ${claims.length} claims, ${all(".p").length} passages`;
    return;
  }
  isFiltered = filtered;
  const { articles, rows, tables, blocks, events, lines } = read();
  const words = (filter.words ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const leftEvents = new Set();
  const count = { rows: 0, claims: 0, passages: 0, allPassages: 0 };
  for (const each of [...articles, ...tables]) each.left = 0;
  for (const row of rows) {
    const left = passing(row, filter, words);
    row.element.hidden = left === null;
    for (const claim of row.claims) claim.left = false;
    for (const claim of left ?? []) claim.left = true;
    for (const claim of row.claims) claim.element.hidden = !claim.left;
    if (left === null) continue;
    count.rows += 1;
    count.claims += left.length;
    row.in.left += 1;
    if (row.table === "events") leftEvents.add(row.element.id);
  }
  for (const { element, article, number, rows: own, left } of tables) {
    element.hidden = left === 0;
    number.textContent = left === own.length ? left : `${left} of ${own.length}`;
    if (filtered && left && (!article || article.element.open)) element.open = true;
    if (article) article.left += left;
  }
  for (const { element, entry, left } of articles) element.hidden = entry.hidden = left === 0;
  for (const { element, passages } of blocks) {
    let inBlock = 0;
    for (const passage of passages) {
      const left = passage.claims.some((claim) => claim.left);
      passage.element.classList.toggle("off", !left);
      inBlock += left;
    }
    element.hidden = filtered && inBlock === 0;
    count.passages += inBlock;
    count.allPassages += passages.length;
  }
  const leftRows = new Set(rows.filter((row) => !row.element.hidden).map((row) => row.element.id));
  for (const { element, row } of lines) element.hidden = filtered && !leftRows.has(row);
  for (const voice of all(".voice")) voice.hidden = Boolean(filter.voice) && voice.dataset.voice !== filter.voice;
  for (const subject of all(".subject")) subject.hidden = !one("li:not([hidden])", subject);
  const ofEvents = !filter.table || filter.table === "events";
  for (const { element, event, isNode } of events) {
    const left = !ofEvents || leftEvents.has(event);
    if (isNode) element.classList.toggle("on", filtered && ofEvents && left);
    else element.hidden = !left;
  }
  one("#left").textContent = filtered
    ? `${count.rows} of ${rows.length} rows, ${count.claims} of ${claims.length} claims, ${count.passages} of ${count.allPassages} passages`
    : `${rows.length} rows, ${claims.length} claims, ${count.allPassages} passages`;
}

/* ---- The link: what it points at, and after a question mark the reading and the filters. ---- */

function state() {
  const found = new URLSearchParams(wanted());
  const reading = one("[name=reading]:checked").value;
  if (reading !== "coded") found.set("reading", reading);
  return found.toString();
}

/* Of several articles, elements have the number of their article before their ids, and links its id, which stays. */

function longForm(id) {
  const [number, ...rest] = id.split("/");
  const article = rest.length && one(`details.article[data-n="${CSS.escape(number)}"]`);
  return article ? [article.id, ...rest].join("/") : id;
}

function shortForm(target) {
  const [id, ...rest] = target.split("/");
  const number = rest.length && document.getElementById(id)?.dataset.n;
  return number ? [number, ...rest].join("/") : target;
}

function linkTo(target) {
  const query = state();
  return `#${target}${query ? `?${query}` : ""}`;
}

function remember() {
  const [target] = location.hash.slice(1).split("?");
  history.replaceState(null, "", linkTo(target));
}

function restore() {
  const [, query = ""] = location.hash.split("?");
  const found = new URLSearchParams(query);
  for (const field of form.elements) if (field.name) field.value = found.get(field.name) ?? "";
  (one(`#reading-${CSS.escape(found.get("reading") ?? "")}`) ?? one("#reading-coded")).checked = true;
  if ([...found.keys()].some((name) => name !== "reading")) one("#filter").open = true;
  applyFilters();
}

function go() {
  const target = shortForm(decodeURIComponent(location.hash.slice(1).split("?")[0]));
  for (const name of ["here", "backs"]) all(`.${name}`).forEach((element) => element.classList.remove(name));
  const found = target && document.getElementById(target);
  if (!found) return;
  if (found.classList.contains("p")) choose(found);
  for (let element = found; element; element = element.parentElement) {
    element.hidden = false;
    if (element.localName === "details") element.open = true;
  }
  found.classList.add("here");
  const row = found.closest(".row");
  const first = row && showWords(row);
  settle(found, first && isWide() ? first : found);
}

const isWide = () => matchMedia("(min-width: 901px)").matches;

/** Mark the passages that back a row; the first of them. */
function showWords(row) {
  const { blocks, claims: byElement } = read();
  const own = new Set(all(".c", row).map((claim) => byElement.get(claim)));
  const backing = blocks
    .flatMap(({ passages }) => passages)
    .filter((passage) => passage.claims.some((claim) => own.has(claim)));
  for (const { element } of backing) element.classList.add("backs");
  return backing[0]?.element;
}

/** Bring a place into view, and on a wide screen its words, too; parts take their sizes only while they come near. */
function settle(found, first, times = 6) {
  const block = found.matches("section, .article, details") ? "start" : "center";
  first.scrollIntoView({ block });
  if (first !== found) {
    const column = found.closest(".rows");
    column.scrollTop += found.getBoundingClientRect().top - column.getBoundingClientRect().top - 8;
  }
  if (times) requestAnimationFrame(() => settle(found, first, times - 1));
}

function visit(target) {
  const [id, query] = target.split("?");
  if (query) new URLSearchParams(query).forEach((value, name) => { form.elements[name].value = value; });
  if (query) applyFilters();
  history.pushState(null, "", linkTo(longForm(id)));
  go();
}

/* ---- A passage and what rests on it. ---- */

let chosen = null;

function choose(passage) {
  const panel = one(".panel", articleOf(passage));
  close();
  chosen = passage;
  passage.classList.add("chosen");
  passage.setAttribute("aria-pressed", "true");
  const numbers = passage.dataset.c.split(" ");
  const title = `${numbers.length} claim${numbers.length === 1 ? "" : "s"} on “${passage.textContent}”`;
  panel.replaceChildren(
    make("button", { type: "button", className: "close", textContent: "Close" }),
    make("h3", { textContent: title }),
    ...numbers.map((number) => about(claims[number])),
  );
  if (isWide()) one(".side", articleOf(passage)).prepend(panel);
  else passage.closest(".block").after(panel);
  panel.hidden = false;
  panel.scrollTop = 0;
}

/** A claim with the row and the column that it is about. */
function about(claim) {
  const row = claim.closest(".row");
  const field = claim.closest("dd")?.previousElementSibling.textContent;
  const copy = claim.cloneNode(true);
  copy.removeAttribute("id");
  copy.hidden = false;
  const link = make("a", { href: `#${row.id}`, textContent: one("h4", row).firstChild.textContent.trim() });
  return make("div", {}, make("b", { textContent: tableOf(row) }), " ", link, field ? `, ${field}` : ", the row",
    make("ul", {}, copy));
}

function close() {
  if (!chosen) return;
  one(".panel", articleOf(chosen)).hidden = true;
  chosen.classList.remove("chosen");
  chosen.setAttribute("aria-pressed", "false");
  chosen = null;
}

/** The one passage of an article that the Tab key reaches. */
function rove(passage) {
  all('.p[tabindex="0"]', articleOf(passage)).forEach((other) => other.setAttribute("tabindex", "-1"));
  passage.setAttribute("tabindex", "0");
  passage.focus();
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

function step(elements, from, key) {
  const to = Math.min(elements.length - 1, Math.max(0, elements.indexOf(from) + STEPS[key]));
  return elements[to];
}

/* ---- What must be set up before it is used, when its table or article is opened. ---- */

function prepare(details) {
  if (details.dataset.ready) return;
  details.dataset.ready = "yes";
  const table = details.dataset.table;
  const levels = new Map(all(`[id^="columns/${table}/"]`).map((column) => [column.id.split("/")[2], column.dataset.levels]));
  for (const term of all("dt", details)) {
    const column = term.textContent.trim();
    let value = term.nextElementSibling.firstChild;
    if (value?.localName === "i") value = value.firstChild;
    if (!levels.has(column)) continue; // no column of the table, such as the codes of a row
    term.replaceChildren(make("a", { href: `#columns/${table}/${column}`, textContent: column, tabIndex: -1 }));
    if (!levels.get(column) || value?.nodeType !== Node.TEXT_NODE) continue;
    const text = value.textContent.trim();
    const level = `levels/${levels.get(column)}/${text}`;
    if (document.getElementById(level)) {
      value.replaceWith(make("a", { href: `#${level}`, textContent: text, tabIndex: -1, className: "level" }), " ");
    }
  }
  for (const row of all(".row", details)) one("dt a", row)?.setAttribute("tabindex", "0");
}

function preparePassages(article) {
  all(".p", article).forEach((passage, number) => {
    passage.setAttribute("role", "button");
    if (!passage.textContent.trim()) passage.setAttribute("aria-label", "the space between");
    passage.setAttribute("aria-pressed", "false");
    passage.setAttribute("tabindex", number ? "-1" : "0");
  });
}

/* ---- Explanations. ---- */

const peek = one("#peek");
let waiting = 0;

function explain(link) {
  const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!entry || entry.localName === "details") return false; // a whole list is where the link leads
  const term = one("dt", entry);
  peek.replaceChildren(make("b", { textContent: term.textContent }), " ", ...[...one("dd", entry).childNodes].map((node) => node.cloneNode(true)));
  const list = entry.dataset.levels;
  if (list) peek.append(" ", make("a", { href: `#levels/${list}`, textContent: "Its levels" }));
  if (!peek.matches(":popover-open")) peek.showPopover();
  beside(peek, link);
  return true;
}

/** Put something that pops up beside what opened it. */
function beside(popup, opener) {
  const box = opener.getBoundingClientRect();
  popup.style.left = `${Math.max(8, Math.min(box.left, innerWidth - popup.offsetWidth - 8))}px`;
  popup.style.top = `${box.bottom + 6 + popup.offsetHeight > innerHeight ? Math.max(8, box.top - popup.offsetHeight - 6) : box.bottom + 6}px`;
}

const explains = (element) => element?.closest?.('a[href^="#columns/"], a[href^="#levels/"], a[href^="#about/"]');

/* ---- Citations and files. ---- */

const SUPPORT = { explicit: "according to", inferred: "inferred by" };

function speaker(claim) {
  const voice = claim.dataset.v ?? AUTHOR;
  return [...form.elements.voice.options].find((option) => option.value === voice)?.textContent ?? voice;
}

/** What cite(table, row, style="apa") answers. */
function citation(row) {
  const words = all(":scope > ul > .c:not(.o)", row).map((claim) =>
    `“${one("q", claim).textContent}”, sentence ${one(".s", claim).textContent.slice(1)}, `
    + `${SUPPORT[claim.classList.contains("i") ? "inferred" : "explicit"]} ${speaker(claim)}, ${claim.dataset.f ?? CERTAIN}`);
  const place = tableOf(row) === "articles" ? idOf(row) : `${articleOf(row).id}/${idOf(row)}`;
  return `${document.body.dataset.citation} Table ${tableOf(row)}, row ${place}${words.length ? ` (${words.join("; ")})` : ""}.`;
}

const tools = make("span", { className: "tools" },
  make("button", { type: "button", textContent: "Copy citation", id: "copy" }));

function toolsFor(row) {
  if (tools.parentElement?.parentElement === row) return;
  one("#copy", tools).textContent = "Copy citation";
  one("h4", row).append(" ", tools);
}

function cell(value) {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function csv(lines) {
  return lines.map((line) => line.map((value) => cell(String(value ?? ""))).join(",")).join("\n") + "\n";
}

/** The value of a cell as the tables have it: of a reference the id. */
function valueOf(dd) {
  const link = dd.firstElementChild?.localName === "a" ? dd.firstElementChild : null;
  if (link && !link.classList.contains("level")) {
    const prefix = articleOf(dd).dataset.n ? 2 : 1;
    return decodeURIComponent(link.hash.slice(1)).split("/").slice(prefix).join("/");
  }
  const first = dd.firstChild;
  return first && first.localName !== "ul" && first.localName !== "s" ? first.textContent.trim() : "";
}

function tableAsCsv(table) {
  const columns = all(`[id^="columns/${table}/"]`).map((column) => column.id.split("/")[2]);
  const shown = read().rows.filter((row) => row.table === table && !row.element.hidden);
  return csv([columns, ...shown.map(({ element }) => {
    const cells = new Map(all("dt", element).map((term) => [term.textContent.trim(), valueOf(term.nextElementSibling)]));
    cells.set("article_id", articleOf(element).id);
    if (table !== "articles") cells.set(columns[1], idOf(element));
    return columns.map((column) => cells.get(column) ?? "");
  })]);
}

function claimsAsCsv() {
  const head = ["article_id", "claim_id", "record_table", "record_id", "field", "quoted_text", "sentence_number", "asserted_by", "factuality", "support"];
  return csv([head, ...claims.filter((claim) => !claim.hidden && !claim.closest(".row").hidden).map((claim) => {
    const row = claim.closest(".row");
    return [articleOf(claim).id, claim.id.slice(claim.id.indexOf("claims/") + 7), tableOf(row), idOf(row), claim.closest("dd")?.previousElementSibling.textContent,
      one("q", claim).textContent, one(".s", claim).textContent.slice(1), claim.dataset.v ?? AUTHOR, claim.dataset.f ?? CERTAIN,
      claim.classList.contains("i") ? "inferred" : "explicit"];
  })]);
}

function download() {
  const { table } = wanted();
  const file = new Blob([table ? tableAsCsv(table) : claimsAsCsv()], { type: "text/csv" });
  const name = [table ?? "claims", ...Object.entries(wanted()).filter(([key]) => key !== "table").flat()].join("-");
  const link = make("a", { href: URL.createObjectURL(file), download: `${name.replace(/[^\p{L}\p{N}+-]+/gu, "-")}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/* ---- What happens when. ---- */

document.addEventListener("click", (event) => {
  const { target } = event;
  const link = target.closest('a[href^="#"]');
  const explained = explains(target);
  if (explained && !explained.closest("#peek") && explain(explained)) {
    event.preventDefault();
  } else if (link) {
    event.preventDefault();
    if (link.closest("[popover]")) link.closest("[popover]").hidePopover();
    visit(decodeURIComponent(link.hash.slice(1)));
  } else if (target.closest(".p")) {
    visit(target.closest(".p").id);
  } else if (target.closest(".close")) {
    const passage = chosen;
    close();
    rove(passage);
  } else if (target.id === "copy") {
    navigator.clipboard.writeText(citation(target.closest(".row"))).then(
      () => { target.textContent = "Copied"; },
      () => { target.textContent = "The browser does not allow copying"; },
    );
  } else if (target.id === "download") {
    download();
  }
});

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key === "Escape" && chosen && !peek.matches(":popover-open")) {
    const passage = chosen;
    close();
    rove(passage);
  } else if (target.classList.contains("p") && (key in STEPS || key === "Enter" || key === " ")) {
    event.preventDefault();
    if (key in STEPS) rove(step(all(".p:not(.off)", articleOf(target)), target, key));
    else visit(target.id);
  } else if (key in STEPS && target.closest("dl") && target.closest(".row")) {
    event.preventDefault();
    const row = target.closest(".row");
    const next = step(all("dl a:not(.s)", row), target, key);
    all('dl a[tabindex="0"]', row).forEach((other) => other.setAttribute("tabindex", "-1"));
    next.setAttribute("tabindex", "0");
    next.focus();
  }
});

document.addEventListener("pointerover", (event) => {
  const row = event.target.closest(".row");
  if (row) toolsFor(row);
  clearTimeout(waiting);
  const link = event.pointerType === "mouse" && explains(event.target);
  if (link && !link.closest("#peek")) waiting = setTimeout(explain, 500, link);
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest(".row");
  if (row) toolsFor(row);
});
document.addEventListener("toggle", (event) => {
  if (event.newState === "open" && event.target.matches(".acts")) beside(event.target, one(`[popovertarget="${CSS.escape(event.target.id)}"]`));
  if (event.target.open && event.target.matches?.(".table")) prepare(event.target);
  if (event.target.open && event.target.matches?.("details.article")) {
    preparePassages(event.target);
    all(".table[open]", event.target).forEach(prepare);
  }
}, true);
addEventListener("beforeprint", () => all("details").forEach((details) => { details.open = true; }));
addEventListener("popstate", () => { restore(); go(); });

let typing = 0;
form.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => { applyFilters(); remember(); }, 120);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => { applyFilters(); remember(); }));
all("[name=reading]").forEach((choice) => choice.addEventListener("change", remember));

all(".scripted").forEach((element) => { element.hidden = false; });
all("div.article .table[open], details.article[open] .table[open]").forEach(prepare);
all("div.article").forEach(preparePassages);
restore();
go();
(window.requestIdleCallback ?? setTimeout)(read);
