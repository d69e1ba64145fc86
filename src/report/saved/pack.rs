//! What a saved report tells of its rule pack, where the pack itself is not at hand: the directives that its findings
//! name, with the passages that these cite.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::checker::report::{Cite, Closing, Judgement, Pack, PackCite, PackDirective, ProposalReport, RulePlace};
use crate::diagnostic::Severity;
use crate::rulebook::{Basis, LanguageId, Modality, Period, Quote, Texts};

/// The pack as the findings tell it; its only language, whichever that is, is that of the report.
pub(super) fn of(proposals: &[ProposalReport], closing: &Closing) -> Pack {
    let own = proposals.iter().flat_map(|report| &report.findings).map(|finding| (&finding.judgement, false));
    let portfolio = closing.portfolio.iter().map(|finding| (&finding.judgement, true));
    let mut directives: BTreeMap<(bool, Arc<str>), PackDirective> = BTreeMap::new();
    for (judgement, of_portfolio) in own.chain(portfolio).filter(|(judgement, _)| judgement.basis.is_some()) {
        let key = (of_portfolio, Arc::clone(&judgement.code));
        directives.entry(key).or_insert_with(|| directive(judgement, of_portfolio));
    }
    let titles = closing.counts.iter().map(|count| (&count.code, &count.title));
    let titles: BTreeMap<_, _> = titles.filter(|(_, title)| !title.is_empty()).collect();
    let directives = directives.into_values().map(|directive| {
        let title = titles.get(&directive.name).map(|title| Texts(vec![Some((*title).clone())]));
        PackDirective { title: title.unwrap_or_default(), ..directive }
    });
    let (title, issuer) = (Texts::default(), Texts::default());
    Pack::new(vec![String::new()], LanguageId(0), title, issuer, directives.collect())
}

fn directive(judgement: &Judgement, of_portfolio: bool) -> PackDirective {
    let cite = |cite: &Cite| PackCite {
        clause: cite.clause.clone(),
        quotes: vec![Some(Quote {
            text: Arc::clone(&cite.text),
            source: Arc::clone(&cite.source),
            line: cite.line,
            span: Default::default(),
        })],
    };
    PackDirective {
        name: Arc::clone(&judgement.code),
        formerly: Vec::new(),
        title: Texts::default(),
        message: Texts::default(),
        help: Texts(vec![judgement.help.clone()]),
        note: Texts::default(),
        modality: if judgement.severity == Severity::Error { Modality::Must } else { Modality::Should },
        basis: judgement.basis.unwrap_or(Basis::Stated),
        tags: Vec::new(),
        cites: judgement.cites.iter().map(cite).collect(),
        effective: Period::default(),
        place: judgement.rule.clone().unwrap_or(RulePlace { file: Arc::from(""), line: 1 }),
        of_portfolio,
    }
}
