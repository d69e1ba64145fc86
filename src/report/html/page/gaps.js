// What the proposals together leave undone: the portfolio's findings, clauses that none serves, what no one claims.

function drawPortfolio() {
  const found = closing.portfolio.filter((one) => ["violated", "undetermined", "invalid"].includes(one.verdict) && findingMatches(one) && touches(one));
  const byCode = new Map();
  for (const one of found) byCode.set(one.code, [...(byCode.get(one.code) || []), one]);
  byId("portfolio").replaceChildren(...[...byCode].map(([code, all]) => portfolioView(code, all)));
  if (found.length === 0) byId("portfolio").append(el("p", { class: "quiet" }, say("portfolioFine")));
}

/** All that a directive says of the portfolio: its values, and once the clause. */
function portfolioView(code, all) {
  const kind = ["error", "warning", "note"].find((one) => all.some((finding) => kindOf(finding) === one)) || "waived";
  return el("article", { class: `finding ${kind}` },
    el("h3", {}, badge(kind), el("span", { class: "title" }, titleOf(code)), el("code", { class: "code" }, code)),
    el("ul", { class: "values" }, all.map((one) => el("li", {},
      el("p", { class: "message" }, valueName(one) && [el("strong", {}, valueName(one)), " · "], prose(spoken(one.message)), isWaived(one) && [" ", badge("waived"), " ", waiverWords(one.waived)]),
      spoken(one.help) && el("p", { class: "quiet" }, el("strong", {}, say("todo"), " "), prose(spoken(one.help))),
      one.members.length > 0 && el("p", { class: "quiet" }, say("members", memberNames(one)))))),
    passages(all[0], directives.get(code)).map(passageView));
}

/** Whether a finding on the portfolio concerns the chosen places: it does unless it speaks of other ones. */
function touches(finding) {
  const within = placesOf(state.place);
  const about = places.findIndex((term) => term.name === finding.value);
  return !within || about < 0 || within.has(about);
}

/** The value that a finding is about, by its label where it is a term. */
function valueName(finding) {
  if (finding.value === null) return "";
  const label = closing.labels[finding.value];
  return label ? text(label) : finding.value;
}

function memberNames(finding) {
  const names = finding.members.map((member) => member.id || `${member.path}${member.index > 0 ? ` [${member.index}]` : ""}`).join(state.language === "zh" ? "、" : ", ");
  return finding.more > 0 ? say("andMore", names, amount(finding.more)) : names;
}

/** Each clause with the directives that rest on it, and how many proposals of the view serve it. */
function drawClauses() {
  const list = chosen("code");
  const resting = new Map();
  for (const directive of pack.directives) {
    for (const { clause } of directive.cites) {
      if (clause) resting.set(clause, [...(resting.get(clause) || []), directive]);
    }
  }
  const rows = pack.clauses.map((clause) => {
    const own = (resting.get(clause.number) || []).filter((directive) => !directive.portfolio).map((directive) => directives.get(directive.name).number);
    const having = (letter) => list.filter((proposal) => own.some((number) => verdictOf(proposal, number) === letter)).length;
    const kind = clause.uncheckable ? "uncheckable" : own.length > 0 ? "binding" : resting.has(clause.number) ? "whole" : "none";
    return { clause, kind, served: having("s"), broken: having("v"), open: having("u"), directives: resting.get(clause.number) || [] };
  });
  const binding = rows.filter((row) => row.kind === "binding");
  const unserved = binding.filter((row) => row.served === 0);
  byId("clauses-sum").textContent = unserved.length > 0 ? say("clausesUnserved", unserved.length, binding.length) : say("clausesServed");
  byId("clauses").replaceChildren(...rows.map((row) => el("li", { class: row.kind === "binding" && row.served === 0 ? "unserved" : "" },
    el("span", { class: "number" }, `§${row.clause.number}`),
    el("div", {},
      el("p", {}, text(row.clause.texts)),
      el("p", { class: "quiet" }, clauseState(row))))));
  return unserved;
}

function clauseState(row) {
  if (row.kind === "uncheckable") return `${say("uncheckable")}${state.language === "zh" ? "：" : ": "}${text(row.clause.uncheckable)}`;
  if (row.kind === "none") return say("noDirective");
  if (row.kind === "whole") return [say("wholeOnly"), ...row.directives.map((directive) => text(directive.title))].join(" · ");
  const parts = [row.served > 0 ? say("servedBy", amount(row.served)) : el("strong", { class: "gap" }, say("unserved"))];
  if (row.broken > 0) parts.push(say("brokenBy", amount(row.broken)));
  if (row.open > 0) parts.push(say("openIn", amount(row.open)));
  return parts.flatMap((part, index) => index > 0 ? [" · ", part] : [part]);
}

/** What the facts give to each place and none of its proposals claims. */
function drawClaims() {
  const holder = byId("claims");
  if (!pack.places || pack.places.claims.length === 0) return;
  const within = placesOf(state.place);
  const taken = new Map();
  for (const proposal of proposals) {
    if (proposal.place === null || proposal.status === "invalid") continue;
    if (!taken.has(proposal.place)) taken.set(proposal.place, pack.places.claims.map(() => new Set()));
    (proposal.claims || []).forEach((terms, index) => terms.forEach((term) => taken.get(proposal.place)[index].add(term)));
  }
  const rows = places.map((_, place) => place).filter((place) => !within || within.has(place)).map((place) => ({
    place,
    gaps: pack.places.claims.map((claims, index) => claims.given[place].filter((term) => !(taken.get(place)?.[index].has(term)))),
  }));
  const used = pack.places.claims.map((claims, index) => ({ claims, index })).filter(({ claims }) => claims.given.some((terms) => terms.length > 0));
  holder.replaceChildren(el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, text(pack.places.label) || say("place")), used.map(({ claims }) => el("th", { scope: "col" }, text(claims.label))))),
    el("tbody", {}, rows.map(({ place, gaps }) => el("tr", {},
      el("th", { scope: "row" }, button({ class: "link", "aria-pressed": String(state.place === choiceOf(place)), click: () => toggle("place", choiceOf(place)) }, placeName(place))),
      used.map(({ claims, index }) => el("td", {}, claimCell(claims, claims.given[place], gaps[index]))))))));
}

function claimCell(claims, given, gaps) {
  if (given.length === 0) return el("span", { class: "quiet" }, "–");
  if (gaps.length === 0) return el("span", { class: "served" }, el("span", { "aria-hidden": "true" }, "✓ "), say("allServed"));
  return el("ul", { class: "gaps" }, gaps.map((term) => el("li", {}, text(claims.terms[term].label) || claims.terms[term].name)));
}

function drawUnapplied() {
  const { directives: names, proposals: number } = closing.unapplied;
  byId("unapplied").replaceChildren(
    names.length > 0
      ? el("div", {}, el("h3", {}, say("unappliedDirectives")), el("ul", { class: "plain-list" }, names.map((name) => el("li", {}, titleOf(name), " ", el("code", {}, name)))))
      : el("p", { class: "quiet" }, say("everyApplied")),
    number > 0 ? el("p", {}, say("unappliedProposals", amount(number))) : "",
    closing.omitted > 0 ? el("p", {}, say("omitted", amount(closing.omitted))) : "");
}

function drawFailures() {
  byId("failed").hidden = closing.failures.length === 0;
  byId("failures").replaceChildren(...closing.failures.map((failure) => el("li", {},
    badge(failure.severity === "error" ? "error" : "warning"), " ", failure.path && el("code", {}, failure.path), " ", failure.message, " ", el("code", { class: "code" }, failure.code))));
}
