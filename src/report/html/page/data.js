// The report's data, as it stands in the page, and what is worked out of it once.

const STATUSES = ["invalid", "violating", "undetermined", "compliant"];
const SEVERITIES = ["error", "warning", "note"];

function parsed(id) {
  return JSON.parse(byId(id).textContent);
}

const pack = parsed("pack");
const closing = parsed("closing");

/** One line a proposal. */
const proposals = byId("data").textContent.split("\n").filter(Boolean).map((line, number) => {
  const proposal = JSON.parse(line);
  proposal.number = number;
  return proposal;
});

const directives = new Map(pack.directives.map((directive, number) => [directive.name, { ...directive, number }]));
const clauses = new Map(pack.clauses.map((clause) => [clause.number, clause]));
const places = pack.places ? pack.places.terms : [];

/** What a code is called: a directive by its title, a code on the form by its meaning. */
function titleOf(code) {
  const directive = directives.get(code);
  if (directive) return text(directive.title) || code;
  return spoken(pack.codes[code]) || code;
}

function placeName(place) {
  const term = places[place];
  return term ? text(term.label) || term.name : say("nowhere");
}

function isWaived(finding) {
  return Boolean(finding.waived);
}

/** What counts against a proposal: the gravest finding that is not waived. */
function gravest(findings) {
  return SEVERITIES.find((severity) => findings.some((one) => one.severity === severity && !isWaived(one))) || null;
}

/** The text that a search looks in; made when it is first asked for. */
function haystack(proposal) {
  if (proposal.haystack === undefined) {
    const found = proposal.findings.flatMap((one) => [one.code, ...one.message, titleOf(one.code), one.pointer]);
    const place = places[proposal.place];
    const named = place ? [place.name, ...place.label] : [];
    const all = [proposal.title, proposal.id, proposal.path, ...named, ...found];
    proposal.haystack = all.filter(Boolean).join("\n").normalize("NFKC").toLowerCase();
  }
  return proposal.haystack;
}

/** Whether a proposal met, broke or left open a directive: its letter in the proposal's row of verdicts. */
function verdictOf(proposal, number) {
  return proposal.verdicts ? proposal.verdicts[number] : "-";
}
