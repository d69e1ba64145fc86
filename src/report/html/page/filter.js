// What the reader has chosen, and which proposals and findings that leaves.

const state = {
  language: document.documentElement.lang === "zh" ? "zh" : "en",
  theme: "auto",
  place: "",
  code: "",
  status: "",
  severity: "",
  verdict: "",
  text: "",
  order: "gravest",
};

/** The filters that a link to the page may carry. */
const LINKED = ["place", "code", "status", "severity", "verdict", "text"];

/** The places that a choice stands for: `t:NAME` one place, `l:GROUP` a line, `s:GROUP` another group of the map, `-` none. */
function placesOf(choice) {
  if (!choice) return null;
  if (choice === "-") return new Set([null]);
  const [kind, name] = [choice.slice(0, 1), choice.slice(2)];
  if (kind === "t") return new Set([places.findIndex((term) => term.name === name)]);
  const map = pack.map || { lines: [], sets: [] };
  if (kind === "l") return new Set((map.lines.find((line) => line.group === name) || { through: [] }).through);
  return new Set((map.sets.find((set) => set.group === name) || { terms: [] }).terms);
}

/** What a choice of places is called. */
function choiceName(choice) {
  if (choice === "-") return say("nowhere");
  const name = choice.slice(2);
  const map = pack.map || { lines: [], sets: [] };
  if (choice.startsWith("t")) return placeName(places.findIndex((term) => term.name === name));
  const found = [...map.lines, ...map.sets].find((one) => one.group === name);
  return found ? text(found.label) || name : name;
}

/** Whether a finding is among the chosen ones; `skip` names a filter to leave out. */
function findingMatches(finding, skip) {
  return (skip === "code" || !state.code || finding.code === state.code)
    && (!state.severity || finding.severity === state.severity)
    && (!state.verdict || (state.verdict === "waived" ? isWaived(finding) : finding.verdict === state.verdict && !isWaived(finding)));
}

/** The proposals that the filters leave. */
function chosen(skip) {
  const within = skip === "place" ? null : placesOf(state.place);
  const words = state.text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  const asksFindings = (state.code && skip !== "code") || state.severity || state.verdict;
  return proposals.filter((proposal) =>
    (!within || within.has(proposal.place))
      && (skip === "status" || !state.status || proposal.status === state.status)
      && (!asksFindings || proposal.findings.some((finding) => findingMatches(finding, skip)))
      && words.every((word) => haystack(proposal).includes(word)));
}

/** Sets a filter, or takes it away if it was set so, and shows the page anew. */
function toggle(name, value) {
  choose({ [name]: state[name] === value ? "" : value });
}

function choose(changes) {
  Object.assign(state, changes);
  remember();
  render();
}

function isFiltered() {
  return LINKED.some((name) => state[name]);
}

/** Writes the filters into the address, so that a view can be linked to. */
function remember() {
  const query = new URLSearchParams();
  for (const name of LINKED) if (state[name]) query.set(name, state[name]);
  const wanted = query.toString();
  try {
    history.replaceState(null, "", wanted ? `#${wanted}` : "#");
  } catch {
    // A page in a frame may not change its address; the filters work all the same.
  }
}

/** Reads the filters from the address; what names nothing is passed over. */
function recall() {
  const query = new URLSearchParams(location.hash.slice(1));
  const allowed = {
    status: (value) => STATUSES.includes(value),
    severity: (value) => SEVERITIES.includes(value),
    verdict: (value) => ["violated", "undetermined", "invalid", "waived"].includes(value),
    code: (value) => directives.has(value) || value in pack.codes,
    place: (value) => value === "-" || /^[tls]:/.test(value) && [...placesOf(value)].some((place) => place >= 0),
    text: () => true,
  };
  for (const name of LINKED) {
    const value = query.get(name);
    if (value && allowed[name](value)) state[name] = value;
  }
}
