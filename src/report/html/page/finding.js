// One finding: what is the matter, where, by which clause, and what to do.

function findingView(finding, proposal) {
  const directive = directives.get(finding.code);
  return el("article", { class: `finding ${kindOf(finding)}` },
    el("h3", {}, badge(kindOf(finding)), el("span", { class: "title" }, titleOf(finding.code)), el("code", { class: "code" }, finding.code),
      finding.verdict === "undetermined" && el("span", { class: "quiet" }, say("undetermined"))),
    el("p", { class: "message" }, prose(spoken(finding.message))),
    isWaived(finding) && el("p", { class: "waiver" }, waiverWords(finding.waived)),
    finding.missing.length > 0 && el("p", {}, el("strong", {}, say("missing"), " "), finding.missing.map((pointer) => [el("code", {}, pointer), " "])),
    todo(finding),
    excerptView(finding, proposal),
    passages(finding, directive).map(passageView),
    directive && el("p", { class: "quiet grounds" }, [say(directive.modality), say(directive.basis), `${directive.file}:${directive.line}`].join(" · ")));
}

/** What colours a finding: that it is waived, or else its severity. */
function kindOf(finding) {
  return isWaived(finding) ? "waived" : finding.severity;
}

/** By which act a finding does not count. */
function waiverWords(waived) {
  if (waived.baseline) return say("byBaseline", waived.baseline);
  return say("byWaiver", waived.authority, waived.document, waived.issued, waived.expires, waived.reason);
}

/** What to do about a finding, if it says so. */
function todo(finding) {
  const help = spoken(finding.help);
  return help && el("p", { class: "todo" }, el("strong", {}, say("todo"), " "), prose(help));
}

/** The proposal's own lines, with the place marked. */
function excerptView(finding, proposal) {
  const place = `${proposal.path}:${finding.start[0]}:${finding.start[1]}`;
  const caption = el("figcaption", {}, el("code", {}, place), finding.pointer ? [" ", el("code", { class: "pointer" }, finding.pointer)] : null);
  if (!finding.excerpt) return el("figure", { class: "excerpt" }, caption);
  const { line, before, marked, after } = finding.excerpt;
  const body = el("pre", { tabindex: "0", "aria-label": say("line", finding.start[0], finding.start[1]) });
  let number = line;
  let row = el("span", { class: "row", "data-line": number });
  for (const [part, isMarked] of [[before, false], [marked, true], [after, false]]) {
    part.split("\n").forEach((piece, index) => {
      if (index > 0) {
        number += 1;
        body.append(row, "\n");
        row = el("span", { class: "row", "data-line": number });
      }
      if (piece || isMarked) row.append(isMarked ? el("mark", {}, piece || " ") : piece);
    });
  }
  body.append(row);
  return el("figure", { class: "excerpt" }, caption, body);
}

/** What a finding cites, in every language of the plan: each clause once, whole, with the cited words marked. */
function passages(finding, directive) {
  const cited = new Map();
  for (const cite of finding.cites) {
    const twin = directive?.cites.find((one) => one.clause === cite.clause && one.quotes.includes(cite.text));
    const quotes = twin ? twin.quotes : pack.languages.map((_, index) => index === pack.language ? cite.text : null);
    const key = cite.clause || cite.text;
    cited.set(key, [...(cited.get(key) || []), { clause: cite.clause, quotes }]);
  }
  return [...cited.values()].map((cites) => {
    const clause = clauses.get(cites[0].clause);
    const texts = pack.languages.map((language, index) => {
      const whole = clause?.texts[index] || cites[0].quotes[index];
      return { language, whole, words: cites.map((cite) => cite.quotes[index]).find((words) => words && words !== whole) };
    });
    texts.sort((a, b) => (b.language === state.language) - (a.language === state.language));
    return { clause: cites[0].clause, texts: texts.filter((one) => one.whole) };
  });
}

function passageView({ clause, texts }) {
  return el("div", { class: "passage" },
    el("strong", {}, say("clause"), clause ? ` §${clause}` : ""),
    texts.map(({ language, whole, words }) => el("blockquote", { lang: language }, marked(whole, words))));
}

/** A text with the first place of some words marked. */
function marked(whole, words) {
  const at = words ? whole.indexOf(words) : -1;
  return at < 0 ? [whole] : [whole.slice(0, at), el("mark", {}, words), whole.slice(at + words.length)];
}
