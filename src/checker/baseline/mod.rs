//! A baseline: findings that were known at some time. They stay in every report and do not count, so that a check can be
//! brought in where much is broken already, and only what is new fails it.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::report::{Failure, Finding, Judgement, PortfolioFinding, WaivedBy};
use crate::configuration::Speech;
use crate::diagnostic::Severity;
use crate::text::display::shown;

/// The version of the file.
pub const SCHEMA: u64 = 1;

/// A finding that is known. All but the fingerprint is for people, and for telling what has vanished.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KnownFinding {
    /// The file of its proposal; empty for a finding on the portfolio.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// The pointer within the proposal; of a finding on the portfolio the value that it was found for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// Its code.
    pub code: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// How many there are of this fingerprint.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u64,
}

fn one() -> u64 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_one(count: &u64) -> bool {
    *count == 1
}

/// A baseline, made ready to be looked up.
#[derive(Debug, Clone)]
pub struct Baseline {
    name: Arc<str>,
    findings: BTreeMap<String, KnownFinding>,
}

#[derive(Deserialize)]
struct Document {
    schema: u64,
    findings: Vec<KnownFinding>,
}

impl Baseline {
    /// Reads a baseline; `name` is what reports call it.
    ///
    /// # Errors
    /// A failure `baseline/syntax`.
    pub fn read(name: &str, text: &str, speech: Speech) -> Result<Self, Failure> {
        let faulty = |message: String| Failure {
            path: name.to_owned(),
            code: "baseline/syntax",
            message,
            severity: Severity::Error,
        };
        let document: Document = serde_json::from_str(text).map_err(|error| {
            let reason = shown(&error.to_string());
            faulty(speech.say(
                || format!("this is no baseline: {reason}; write it anew with --write-baseline"),
                || format!("不是基线文件：{reason}；请用 --write-baseline 重新生成"),
            ))
        })?;
        if document.schema != SCHEMA {
            let schema = document.schema;
            return Err(faulty(speech.say(
                || format!("this baseline has schema {schema}, and this version of plancheck reads {SCHEMA}; write it anew with --write-baseline"),
                || format!("该基线的版本为 {schema}，本程序读取版本 {SCHEMA}；请用 --write-baseline 重新生成"),
            )));
        }
        let mut findings: BTreeMap<String, KnownFinding> = BTreeMap::new();
        for finding in document.findings {
            let count = finding.count;
            let known = findings.entry(finding.fingerprint.clone());
            known.and_modify(|known| known.count = known.count.saturating_add(count)).or_insert(finding);
        }
        Ok(Self { name: Arc::from(name), findings })
    }
}

/// What a run has met of a baseline, and found for a new one.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    /// How often each fingerprint that the baseline knows was met.
    met: BTreeMap<String, u64>,
    /// The files that were judged.
    paths: BTreeSet<Arc<str>>,
    /// What was found, by fingerprint.
    found: BTreeMap<String, KnownFinding>,
}

impl Ledger {
    /// Marks the findings on a proposal that are known.
    pub(super) fn accept(&mut self, baseline: &Baseline, path: &Arc<str>, findings: &mut [Finding]) {
        if !self.paths.contains(path) {
            self.paths.insert(Arc::clone(path));
        }
        for finding in findings {
            self.accept_one(baseline, &mut finding.judgement);
        }
    }

    /// Marks a finding on the portfolio if it is known.
    pub(super) fn accept_portfolio(&mut self, baseline: &Baseline, finding: &mut PortfolioFinding) {
        self.accept_one(baseline, &mut finding.judgement);
    }

    /// Of several findings with one fingerprint as many are known as the baseline says; the others are new.
    fn accept_one(&mut self, baseline: &Baseline, judgement: &mut Judgement) {
        let Some(known) = baseline.findings.get(&judgement.fingerprint) else { return };
        if judgement.waived.is_some() {
            return;
        }
        let met = self.met.entry(judgement.fingerprint.clone()).or_default();
        *met += 1;
        if *met <= known.count {
            judgement.waive(WaivedBy::Baseline(Arc::clone(&baseline.name)));
        }
    }

    /// Takes the findings on a proposal into a new baseline.
    pub(super) fn record(&mut self, path: &str, findings: &[Finding]) {
        for finding in findings {
            self.record_one(&finding.judgement, path, &finding.pointer);
        }
    }

    /// Takes a finding on the portfolio into a new baseline.
    pub(super) fn record_portfolio(&mut self, finding: &PortfolioFinding) {
        self.record_one(&finding.judgement, "", finding.value.as_deref().unwrap_or_default());
    }

    /// What a waiver covers is not taken: the waiver says when it ends.
    fn record_one(&mut self, judgement: &Judgement, path: &str, at: &str) {
        if matches!(judgement.waived.as_ref().map(|waived| &waived.by), Some(WaivedBy::Waiver(_))) {
            return;
        }
        let fingerprint = judgement.fingerprint.clone();
        let fresh = KnownFinding {
            path: path.to_owned(),
            at: at.to_owned(),
            code: judgement.code.to_string(),
            fingerprint: fingerprint.clone(),
            count: 1,
        };
        self.add(fingerprint, fresh);
    }

    fn add(&mut self, fingerprint: String, fresh: KnownFinding) {
        match self.found.get_mut(&fingerprint) {
            Some(known) => {
                known.count += fresh.count;
                // The first of several files stands for all, whichever thread was first.
                let count = known.count;
                if (&fresh.path, &fresh.at) < (&known.path, &known.at) {
                    *known = KnownFinding { count, ..fresh };
                }
            },
            None => drop(self.found.insert(fingerprint, fresh)),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (fingerprint, count) in other.met {
            *self.met.entry(fingerprint).or_default() += count;
        }
        self.paths.extend(other.paths);
        for (fingerprint, found) in other.found {
            self.add(fingerprint, found);
        }
    }

    /// What a new baseline holds, in the order of its file.
    pub(super) fn into_found(self) -> Vec<KnownFinding> {
        let mut found: Vec<KnownFinding> = self.found.into_values().collect();
        found.sort();
        found
    }

    /// What the baseline knows and this run did not find, though it looked: the file was judged or is gone, and the
    /// directive was judged.
    pub(super) fn vanished(
        &self,
        baseline: &Baseline,
        is_judged: impl Fn(&str) -> bool,
        speech: Speech,
    ) -> Vec<Failure> {
        let looked = |known: &KnownFinding| match known.path.as_str() {
            "" => true,
            path => self.paths.contains(path) || !Path::new(path).exists(),
        };
        let mut vanished = Vec::new();
        for (fingerprint, known) in &baseline.findings {
            let met = self.met.get(fingerprint).copied().unwrap_or_default();
            if met >= known.count || !is_judged(&known.code) || !looked(known) {
                continue;
            }
            let (code, at, name) = (shown(&known.code), shown(&known.at), shown(&baseline.name));
            let place = if at.is_empty() { String::new() } else { format!(" ({at})") };
            let message = speech.say(
                || format!("`{code}`{place} is known to {name} and no longer found; write it anew with --write-baseline, so that it cannot come back unseen"),
                || format!("{name} 所列的 `{code}`{place} 已不再出现；请用 --write-baseline 更新基线，以免其再次出现而不被发现"),
            );
            vanished.push(Failure {
                path: known.path.clone(),
                code: "baseline/vanished",
                message,
                severity: Severity::Warning,
            });
        }
        vanished
    }
}
