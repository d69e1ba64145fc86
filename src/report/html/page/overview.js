// The figures at the top, and what is known of the chosen place beside the map.

function drawFigures() {
  const within = chosen("status");
  const total = within.length || 1;
  byId("figures").replaceChildren(...[...STATUSES].reverse().map((status) => {
    const number = within.filter((proposal) => proposal.status === status).length;
    return button({ class: `figure ${status}`, "aria-pressed": String(state.status === status), click: () => toggle("status", status) },
      el("span", { class: "number" }, amount(number)),
      el("span", { class: "what" }, sign(status), say(status)),
      el("span", { class: "means" }, say(`${status}Means`)),
      meter(number, total, status));
  }));
}

/** A bar of a share; the number beside it says the same. */
function meter(part, whole, kind) {
  return svg("svg", { class: "meter", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "trough", width: 100, height: 4 }),
    svg("rect", { class: `bar ${kind}`, width: Math.max(part ? 1 : 0, 100 * part / whole), height: 4 }));
}

/** The chosen place: its statuses and what is broken most. */
function drawPlace() {
  const list = chosen();
  const counts = countCodes(list).slice(0, 6);
  byId("place").replaceChildren(
    el("h3", {}, state.place ? choiceName(state.place) : say("everywhere")),
    el("p", { class: "quiet" }, count(list.length, "proposal", "proposals")),
    el("ul", { class: "statuses" }, STATUSES.map((status) => {
      const number = list.filter((proposal) => proposal.status === status).length;
      return number > 0 && el("li", {}, badge(status), " ", el("strong", {}, amount(number)));
    })),
    el("h4", {}, say("brokenMost")),
    counts.length === 0
      ? el("p", { class: "quiet" }, say("nothingBroken"))
      : el("ol", { class: "broken" }, counts.map(({ code, number, severity }) => el("li", {},
        button({ class: "link", "aria-pressed": String(state.code === code), click: () => toggle("code", code) }, sign(severity), titleOf(code)),
        el("span", { class: "times" }, amount(number))))),
    isFiltered() ? button({ class: "plain", click: clearAll }, say("showAll")) : el("p", { class: "quiet" }, say("choose"), " ", say("keys")));
}

function clearAll() {
  choose({ place: "", code: "", status: "", severity: "", verdict: "", text: "" });
}

/** Codes with how often they were found, the most frequent first. */
function countCodes(list) {
  const counts = new Map();
  for (const proposal of list) {
    for (const finding of proposal.findings) {
      if (isWaived(finding) || !findingMatches(finding)) continue;
      const one = counts.get(finding.code) || { code: finding.code, number: 0, severity: "note" };
      one.number += 1;
      if (SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(one.severity)) one.severity = finding.severity;
      counts.set(finding.code, one);
    }
  }
  return [...counts.values()].sort((a, b) => b.number - a.number || (a.code < b.code ? -1 : 1));
}

/** What the signs of the map mean. */
function drawLegend() {
  const map = pack.map;
  if (!map) return;
  const sample = (rank, status) => svg("svg", { class: "sample", viewBox: "-16 -16 32 32", width: 30, height: 30, "aria-hidden": "true" },
    markOf(rank, 0, 0, 8),
    svg("circle", { class: "face", r: 8 }),
    status && svg("circle", { class: `arc ${status}`, r: 6 }),
    status && svg("text", { class: "inside", y: 0.5, "font-size": 9, "text-anchor": "middle", "dominant-baseline": "central" }, SIGNS[status]));
  const marks = map.sets.filter((set) => set.kind === "mark");
  byId("legend").replaceChildren(
    el("p", { class: "quiet" }, say("ringMeans")),
    el("ul", { class: "samples" },
      STATUSES.map((status) => el("li", {}, sample(-1, status), say(status))),
      el("li", {}, sample(-1, null), say("noProposals")),
      marks.map((set, rank) => el("li", {}, sample(rank, null), text(set.label) || set.group))));
}
