// Places by directives: how often each was broken where.

function drawMatrix() {
  const holder = byId("matrix");
  const rows = new Map();
  const columns = new Set();
  for (const proposal of chosen("code")) {
    if (!rows.has(proposal.place)) rows.set(proposal.place, new Map());
    const row = rows.get(proposal.place);
    for (const finding of proposal.findings) {
      if (!findingMatches(finding, "code") || isWaived(finding)) continue;
      columns.add(finding.code);
      const cell = row.get(finding.code) || { number: 0, severity: "note" };
      cell.number += 1;
      if (SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(cell.severity)) cell.severity = finding.severity;
      row.set(finding.code, cell);
    }
    for (const directive of pack.directives) {
      if (directive.portfolio || verdictOf(proposal, directives.get(directive.name).number) !== "s") continue;
      const key = `met ${directive.name}`;
      row.set(key, (row.get(key) || 0) + 1);
    }
  }
  const codes = [...columns].sort((a, b) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1));
  const listed = [...rows.keys()].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  if (codes.length === 0) {
    holder.replaceChildren(el("p", { class: "quiet" }, say("nothingFound")));
    return;
  }
  const total = (row) => codes.reduce((sum, code) => sum + (row.get(code)?.number || 0), 0);
  const all = (code) => listed.reduce((sum, place) => sum + (rows.get(place).get(code)?.number || 0), 0);
  holder.replaceChildren(el("table", {},
    el("thead", {}, el("tr", {},
      el("td", {}),
      codes.map((code) => el("th", { scope: "col" },
        button({ class: "upright", "aria-pressed": String(state.code === code), click: () => toggle("code", code) }, titleOf(code)))),
      el("th", { scope: "col", class: "sum" }, el("span", { class: "upright" }, say("total"))))),
    el("tbody", {}, listed.map((place) => el("tr", { class: placesOf(state.place)?.has(place) ? "chosen" : "" },
      el("th", { scope: "row" }, button({ class: "link", "aria-pressed": String(state.place === choiceOf(place)), click: () => toggle("place", choiceOf(place)) }, placeName(place))),
      codes.map((code) => cellOf(place, code, rows.get(place))),
      el("td", { class: "sum" }, amount(total(rows.get(place))))))),
    el("tfoot", {}, el("tr", {},
      el("th", { scope: "row" }, say("total")),
      codes.map((code) => el("td", { class: "sum" }, amount(all(code)))),
      el("td", { class: "sum" }, amount(listed.reduce((sum, place) => sum + total(rows.get(place)), 0)))))));
}

function choiceOf(place) {
  return place === null ? "-" : `t:${places[place].name}`;
}

/** Directives stand in the order of the pack, codes on the form after them. */
function orderOf(code) {
  const directive = directives.get(code);
  return directive ? directive.number : Infinity;
}

function cellOf(place, code, row) {
  const cell = row.get(code);
  const met = row.get(`met ${code}`);
  if (!cell) return el("td", {}, met && el("span", { class: "dot", title: say("met", amount(met)) }, "·"));
  const choice = choiceOf(place);
  const isChosen = state.place === choice && state.code === code;
  return el("td", { class: cell.severity }, button({
    "aria-pressed": String(isChosen),
    "aria-label": say("cell", placeName(place), titleOf(code), `${count(cell.number, "oneFinding", "findings")} (${say(cell.severity)})`),
    click: () => choose(isChosen ? { place: "", code: "" } : { place: choice, code }),
  }, amount(cell.number), el("span", { class: "tick", "aria-hidden": "true" }, SIGNS[cell.severity])));
}
