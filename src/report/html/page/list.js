// The proposals, with filters and search. Cards are made as they are scrolled to, and their findings as they are opened.

/** How many cards are made at a time. */
const BATCH = 40;

let listed = [];
let made = 0;
let typing = 0;

/** The filters, made anew when the language changes. */
function drawFilters() {
  const map = pack.map || { lines: [], sets: [] };
  const groupOf = (label, options) => options.length > 0 && el("optgroup", { label }, options);
  const option = (value, words) => el("option", { value }, words);
  const codes = [...new Set(proposals.flatMap((proposal) => proposal.findings.map((finding) => finding.code)))];
  codes.sort((a, b) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1));
  const select = (name, options, plain = true) => el("label", {}, el("span", {}, say(name)),
    el("select", { "data-filter": name, change: (event) => choose({ [name === "directive" ? "code" : name]: event.target.value }) },
      plain && option("", say("any")), options));
  const sets = (kinds, prefix) => map.sets.filter((set) => kinds.includes(set.kind)).map((set) => option(`${prefix}:${set.group}`, text(set.label) || set.group));
  byId("filters").replaceChildren(
    el("label", { class: "search" }, el("span", {}, say("search")),
      el("input", { type: "search", "data-filter": "text", placeholder: say("searchHint"), autocomplete: "off", spellcheck: "false", input: (event) => {
        clearTimeout(typing);
        typing = setTimeout(() => choose({ text: event.target.value }), 180);
      } })),
    select("status", STATUSES.map((status) => option(status, say(status)))),
    pack.places && select("place", [
      groupOf(say("places"), [...places.map((term) => option(`t:${term.name}`, text(term.label) || term.name)), option("-", say("nowhere"))]),
      groupOf(say("lines"), map.lines.map((line) => option(`l:${line.group}`, text(line.label) || line.group))),
      groupOf(say("areas"), sets(["circle", "area"], "s")),
      groupOf(say("groups"), sets(["mark"], "s"))]),
    select("directive", codes.map((code) => option(code, titleOf(code)))),
    select("severity", SEVERITIES.map((severity) => option(severity, say(severity)))),
    select("verdict", ["violated", "undetermined", "invalid", "waived"].map((verdict) => option(verdict, say(verdict)))),
    select("order", [option("gravest", say("gravest")), option("byPath", say("byPath")), option("byPlace", say("byPlace"))], false));
}

/** Shows in the filters what is chosen; a text that is being typed stays. */
function fillFilters() {
  for (const control of document.querySelectorAll("[data-filter]")) {
    const name = control.dataset.filter === "directive" ? "code" : control.dataset.filter;
    if (control !== document.activeElement || control.type !== "search") control.value = state[name];
  }
  const names = {
    place: () => choiceName(state.place), code: () => titleOf(state.code), status: () => say(state.status),
    severity: () => say(state.severity), verdict: () => say(state.verdict), text: () => `“${state.text}”`,
  };
  byId("chips").replaceChildren(...LINKED.filter((name) => state[name]).map((name) =>
    button({ class: "chip", "aria-label": say("remove", names[name]()), click: () => choose({ [name]: "" }) }, names[name](), el("span", { "aria-hidden": "true" }, " ×"))),
  isFiltered() ? button({ class: "plain", click: clearAll }, say("clear")) : "");
}

const ORDERS = {
  gravest: (a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) || a.number - b.number,
  byPath: (a, b) => a.number - b.number,
  byPlace: (a, b) => (a.place ?? Infinity) - (b.place ?? Infinity) || a.number - b.number,
};

function drawList() {
  listed = chosen().sort(ORDERS[state.order]);
  made = 0;
  byId("shown").textContent = say("shown", amount(listed.length), amount(proposals.length));
  byId("cards").replaceChildren();
  if (listed.length === 0) byId("cards").append(el("p", { class: "quiet" }, say("nothingMatches")));
  drawMore();
}

/** Makes the next cards. */
function drawMore(most = BATCH) {
  const next = listed.slice(made, made + most);
  byId("cards").append(...next.map(card));
  made += next.length;
  const left = listed.length - made;
  byId("more").hidden = left === 0;
  byId("more").textContent = say("more", amount(left));
}

function card(proposal) {
  const findings = proposal.findings.filter((finding) => findingMatches(finding));
  const body = el("div", { class: "body" });
  const tally = [["error", "oneError", "errors"], ["warning", "oneWarning", "warnings"], ["note", "oneNote", "notes"]]
    .map(([severity, one, many]) => [proposal.findings.filter((finding) => finding.severity === severity && !isWaived(finding)).length, one, many])
    .concat([[proposal.findings.filter(isWaived).length, "oneWaiver", "waivers"]])
    .filter(([number]) => number > 0).map(([number, one, many]) => count(number, one, many));
  const details = el("details", { class: `card ${proposal.status}`, toggle: () => {
    if (details.open && !body.hasChildNodes()) fillCard(body, proposal, findings);
  } },
    el("summary", {},
      badge(proposal.status),
      el("span", { class: "title" }, proposal.title || proposal.id || say("untitled")),
      el("span", { class: "facts" }, [proposal.place === null ? "" : placeName(proposal.place), proposal.id, ...tally].filter(Boolean).join(" · ")),
      findings.length > 0 && el("ul", { class: "gist" }, findings.slice(0, 3).map((finding) =>
        el("li", {}, sign(kindOf(finding)), el("span", {}, prose(spoken(finding.message))))),
        findings.length > 3 && el("li", { class: "quiet" }, `+ ${findings.length - 3}`))),
    body);
  return details;
}

function fillCard(body, proposal, findings) {
  const hidden = proposal.findings.length - findings.length;
  const place = proposal.index > 0 ? `${proposal.path} [${proposal.index}]` : proposal.path;
  body.append(...findings.map((finding) => findingView(finding, proposal)));
  if (proposal.findings.length === 0) body.append(el("p", { class: "path" }, el("code", {}, place)), el("p", { class: "quiet" }, say("noFindings")));
  if (hidden > 0) body.append(el("p", { class: "quiet" }, say("copied", hidden)));
}

function openCards(open) {
  for (const details of document.querySelectorAll("#cards > details")) details.open = open;
}

/** For paper: every proposal of the view, opened; the screen is as before afterwards. */
function unfold() {
  drawMore(listed.length);
  openCards(true);
}
