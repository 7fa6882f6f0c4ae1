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

const rows = all(".row").map((element) => ({
  element,
  table: tableOf(element),
  kind: element.dataset.k ?? "",
  actors: (element.dataset.a ?? "").split(" "),
  speaks: element.dataset.v ?? "",
  claims: all(".c", element).map((claim) => ({
    element: claim,
    voice: claim.dataset.v ?? AUTHOR,
    certainty: claim.dataset.f ?? CERTAIN,
    support: claim.classList.contains("i") ? "inferred" : "explicit",
  })),
}));

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
  row.text ??= row.element.textContent.toLowerCase();
  if (!words.every((word) => row.text.includes(word))) return null;
  const voice = row.speaks === filter.voice ? "" : filter.voice;
  const left = row.claims.filter((claim) => claimPasses(claim, filter, voice));
  const asksForClaims = voice || filter.support || filter.certainty;
  return left.length || !asksForClaims ? left : null;
}

function applyFilters() {
  const filter = wanted();
  const words = (filter.words ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const filtered = Object.keys(filter).length > 0;
  const leftClaims = new Set();
  const leftEvents = new Set();
  const inTable = new Map();
  let leftRows = 0;
  for (const row of rows) {
    const left = passing(row, filter, words);
    const shown = new Set(left);
    row.element.hidden = left === null;
    for (const claim of row.claims) {
      claim.element.hidden = filtered && !shown.has(claim);
      if (shown.has(claim)) leftClaims.add(claim.element);
    }
    if (left === null) continue;
    leftRows += 1;
    const details = row.element.parentElement;
    inTable.set(details, (inTable.get(details) ?? 0) + 1);
    if (row.table === "events") leftEvents.add(row.element.id);
  }
  for (const details of all(".table")) {
    const left = inTable.get(details) ?? 0;
    const total = details.querySelectorAll(".row").length;
    details.hidden = left === 0;
    one(".n", details).textContent = left === total ? total : `${left} of ${total}`;
    if (filtered && left) details.open = true;
  }
  const numbers = new Set(claims.flatMap((claim, number) => (leftClaims.has(claim) ? [String(number)] : [])));
  let leftPassages = 0;
  const passages = all(".p");
  for (const passage of passages) {
    const left = passage.dataset.c.split(" ").some((number) => numbers.has(number));
    passage.classList.toggle("off", !left);
    leftPassages += left;
  }
  const byEvent = filtered && filter.table !== undefined && filter.table !== "events" ? null : leftEvents;
  for (const element of all("[data-e]")) {
    const prefix = articleOf(element).localName === "details" ? `${articleOf(element).id}/` : "";
    element.classList.toggle("off", byEvent !== null && !byEvent.has(`${prefix}events/${element.dataset.e}`));
  }
  one("#left").textContent = filtered
    ? `${leftRows} of ${rows.length} rows, ${leftClaims.size} of ${claims.length} claims, ${leftPassages} of ${passages.length} passages`
    : `${rows.length} rows, ${claims.length} claims, ${passages.length} passages`;
  one("#download").textContent = `Download ${filter.table ?? "claims"} as CSV`;
}

/* ---- The link: what it points at, and after a question mark the reading and the filters. ---- */

function state() {
  const found = new URLSearchParams(wanted());
  const reading = one("[name=reading]:checked").value;
  if (reading !== "coded") found.set("reading", reading);
  return found.toString();
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
  const target = decodeURIComponent(location.hash.slice(1).split("?")[0]);
  all(".here").forEach((element) => element.classList.remove("here"));
  const found = target && document.getElementById(target);
  if (!found) return;
  if (found.classList.contains("p")) choose(found);
  for (let element = found; element; element = element.parentElement) {
    element.hidden = false;
    if (element.localName === "details") element.open = true;
  }
  found.classList.add("here");
  found.scrollIntoView({ block: found.classList.contains("article") ? "start" : "center" });
}

function visit(target) {
  history.pushState(null, "", linkTo(target));
  go();
}

/* ---- A passage and what rests on it. ---- */

let chosen = null;

function choose(passage, focus = false) {
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
  panel.hidden = false;
  panel.scrollTop = 0;
  if (focus) rove(passage);
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
    const value = term.nextElementSibling.firstChild;
    term.replaceChildren(make("a", { href: `#columns/${table}/${column}`, textContent: column, tabIndex: -1 }));
    const level = levels.get(column) && value?.nodeType === Node.TEXT_NODE && `levels/${levels.get(column)}/${value.textContent.trim()}`;
    if (level && document.getElementById(level)) {
      value.replaceWith(make("a", { href: `#${level}`, textContent: value.textContent.trim(), tabIndex: -1, className: "level" }));
    }
  }
  for (const row of all(".row", details)) one("dt a", row)?.setAttribute("tabindex", "0");
}

function preparePassages(article) {
  all(".p", article).forEach((passage, number) => {
    passage.setAttribute("role", "button");
    passage.setAttribute("aria-pressed", "false");
    passage.setAttribute("tabindex", number ? "-1" : "0");
  });
}

/* ---- Explanations. ---- */

const peek = one("#peek");
let waiting = 0;

function explain(link) {
  const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const term = one("dt", entry);
  if (!term) return false;
  peek.replaceChildren(make("b", { textContent: term.textContent }), " ", ...[...one("dd", entry).childNodes].map((node) => node.cloneNode(true)));
  const list = entry.dataset.levels;
  if (list) peek.append(" ", make("a", { href: `#levels/${list}`, textContent: "Its levels" }));
  if (!peek.matches(":popover-open")) peek.showPopover();
  const box = link.getBoundingClientRect();
  peek.style.left = `${Math.max(8, Math.min(box.left, innerWidth - peek.offsetWidth - 8))}px`;
  peek.style.top = `${box.bottom + 6 + peek.offsetHeight > innerHeight ? Math.max(8, box.top - peek.offsetHeight - 6) : box.bottom + 6}px`;
  return true;
}

const explains = (element) => element?.closest?.('a[href^="#columns/"], a[href^="#levels/"]');

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
  if (tools.parentElement?.parentElement === row || tableOf(row) === "codes") return;
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
    const prefix = articleOf(dd).localName === "details" ? 2 : 1;
    return decodeURIComponent(link.hash.slice(1)).split("/").slice(prefix).join("/");
  }
  const first = dd.firstChild;
  return first && first.localName !== "ul" && first.localName !== "i" ? first.textContent.trim() : "";
}

function tableAsCsv(table) {
  const columns = all(`[id^="columns/${table}/"]`).map((column) => column.id.split("/")[2]);
  const shown = rows.filter((row) => row.table === table && !row.element.hidden);
  return csv([columns, ...shown.map(({ element }) => {
    const cells = new Map(all("dt", element).map((term) => [term.textContent.trim(), valueOf(term.nextElementSibling)]));
    cells.set("article_id", articleOf(element).id);
    const own = columns.filter((column) => !cells.has(column));
    const key = table === "codes" ? idOf(element).split("/") : [idOf(element)];
    if (table !== "articles") columns.slice(1, 1 + key.length).forEach((column, number) => cells.set(column, key[number]));
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
  const link = make("a", { href: URL.createObjectURL(file), download: `${table ?? "claims"}.csv` });
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
  if (event.target.open && event.target.matches?.(".table")) prepare(event.target);
  if (event.target.open && event.target.matches?.("details.article")) preparePassages(event.target);
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
all(".table[open]").forEach(prepare);
all("div.article").forEach(preparePassages);
restore();
go();
