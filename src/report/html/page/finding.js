// One finding: what is the matter, where, by which clause, and what to do.

function findingView(finding, proposal) {
  const directive = directives.get(finding.code);
  const waived = finding.waived;
  return el("article", { class: `finding ${waived ? "waived" : finding.severity}` },
    el("h4", {}, badge(waived ? "waived" : finding.severity), el("span", { class: "title" }, titleOf(finding.code)), el("code", { class: "code" }, finding.code)),
    el("p", { class: "message" }, spoken(finding.message)),
    waived && el("p", { class: "waiver" }, waived),
    finding.missing.length > 0 && el("p", {}, el("strong", {}, say("missing"), " "), finding.missing.map((pointer) => [el("code", {}, pointer), " "])),
    spoken(finding.help) && el("p", { class: "todo" }, el("strong", {}, say("todo"), " "), spoken(finding.help)),
    excerptView(finding, proposal),
    passages(finding, directive).map(passageView),
    directive && el("p", { class: "quiet grounds" }, [say(directive.modality), say(directive.basis), `${directive.file}:${directive.line}`].join(" · ")));
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

/** What a finding cites, in every language of the plan: a clause whole, with the cited words marked. */
function passages(finding, directive) {
  return finding.cites.map((cite) => {
    const twin = directive?.cites.find((one) => one.clause === cite.clause && one.quotes.includes(cite.text));
    const quotes = twin ? twin.quotes : pack.languages.map((_, index) => index === pack.language ? cite.text : null);
    const clause = clauses.get(cite.clause);
    const texts = pack.languages.map((language, index) => ({ language, whole: clause?.texts[index] || quotes[index], quote: quotes[index] }));
    const own = texts.findIndex((one) => one.language === state.language);
    const sorted = own > 0 ? [texts[own], ...texts.filter((_, index) => index !== own)] : texts;
    return { clause: cite.clause, texts: sorted.filter((one) => one.whole) };
  });
}

function passageView({ clause, texts }) {
  return el("div", { class: "passage" },
    el("strong", {}, say("clause"), clause ? ` §${clause}` : ""),
    texts.map(({ language, whole, quote }) => el("blockquote", { lang: language }, marked(whole, quote))));
}

/** A text with the first place of some words marked. */
function marked(whole, words) {
  const at = words && words !== whole ? whole.indexOf(words) : -1;
  return at < 0 ? [whole] : [whole.slice(0, at), el("mark", {}, words), whole.slice(at + words.length)];
}
