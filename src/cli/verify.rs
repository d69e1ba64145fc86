//! `plancheck verify`: proves or refutes properties of the rules themselves.

use clap::Args;

use super::Exit;
use super::check::failed;
use super::judging::day;
use super::shared::{self, ListFormat};
use super::terminal::Terminal;
use crate::analysis::{Analysis, Evidence};
use crate::checker::selected;
use crate::report::verification;
use crate::rulebook::{DirectiveId, Heading, Rulebook, Verdict};
use crate::text::display::shown;
use crate::text::nearest::nearest;
use crate::value::Day;

/// Prove what the rules can and cannot say, over all valid proposals
///
/// Each directive can apply, be satisfied and be violated; none is implied by others, and nothing sets one aside wherever it
/// applies; all `must` directives can be met together in each situation. What can be is shown by a proposal that the ordinary
/// checker has judged; what cannot be is proved; what is neither is said to be unknown. Portfolio directives are tried on small
/// portfolios. docs/verify.md says how.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  plancheck verify
  plancheck verify --rules my-pack/ --format json
  plancheck verify --witness endpoint-roles violated > proposal.json

Exit codes: 0 every claim is proved, 1 something was found or is unknown, or there is no such witness,
2 the run itself failed.")]
pub(super) struct Verify {
    /// human or json
    #[arg(long, value_name = "F", default_value = "human")]
    format: ListFormat,
    /// Print a smallest proposal on which a directive has a verdict: violated, satisfied, not-applicable, set-aside,
    /// undetermined or not-in-force
    #[arg(long, num_args = 2, value_names = ["DIRECTIVE", "VERDICT"], conflicts_with = "select")]
    witness: Option<Vec<String>>,
    /// Prove it as of this day, `2026-03-01`; without it, for every day
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
    /// Look only at directives whose name or tag matches; may be given several times
    #[arg(long, value_name = "GLOB")]
    select: Vec<String>,
    #[command(flatten)]
    pub(super) shared: shared::Shared,
}

/// The verdicts as they are written.
const VERDICTS: [(&str, Verdict); 6] = [
    ("violated", Verdict::Violated),
    ("satisfied", Verdict::Satisfied),
    ("not-applicable", Verdict::NotApplicable),
    ("set-aside", Verdict::SetAside),
    ("undetermined", Verdict::Undetermined),
    ("not-in-force", Verdict::NotInForce),
];

/// The same in Chinese, as in a test item.
const IN_CHINESE: [(&str, Verdict); 6] = [
    ("违反", Verdict::Violated),
    ("符合", Verdict::Satisfied),
    ("不适用", Verdict::NotApplicable),
    ("免除", Verdict::SetAside),
    ("无法判定", Verdict::Undetermined),
    ("未生效", Verdict::NotInForce),
];

impl Verify {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let Some(book) = self.shared.rulebook(terminal) else { return Exit::Failed };
        if let Some([directive, verdict]) = self.witness.as_deref() {
            return self.witness(&book, directive, verdict, terminal);
        }
        if book.directives.is_empty() && book.portfolio.is_empty() {
            terminal.error("run/no-directive", "the rule pack has no directive: nothing can be proved");
            return Exit::Failed;
        }
        let selected = match selected(&book, &self.select) {
            Ok(selected) => selected,
            Err(failures) => return failed(&failures, terminal),
        };
        for warning in &selected.warnings {
            terminal.complain(&format!("warning[{}] {}: {}\n", warning.code, warning.path, warning.message));
        }
        let is_selected = |heading: &Heading| {
            let at = book.directives.iter().position(|directive| std::ptr::eq(&directive.heading, heading));
            let of_portfolio = || book.portfolio.iter().position(|one| std::ptr::eq(&one.heading, heading));
            let ordinary = at.and_then(|at| selected.directives.get(at));
            ordinary.or_else(|| selected.portfolio.get(of_portfolio()?)).copied().unwrap_or(false)
        };
        let result = Analysis::new(&book, self.as_of).verify(is_selected);
        let settings = terminal.settings();
        let printed = match self.format {
            ListFormat::Human => terminal.print_or_fail(verification::human(&book, &result, settings).as_bytes()),
            ListFormat::Json => {
                let as_of = self.as_of.map(|day| day.to_string());
                terminal.print_or_fail(&verification::json(&book, &result, as_of, settings))
            },
        };
        match printed {
            Exit::Good if !verification::is_clean(&book, &result.problems) => Exit::Found,
            other => other,
        }
    }

    fn witness(&self, book: &Rulebook, directive: &str, verdict: &str, terminal: &mut Terminal) -> Exit {
        let Some(id) = named(book, directive, terminal) else { return Exit::Failed };
        let spelled = verdict.replace([' ', '_'], "-").to_lowercase();
        let mut all = VERDICTS.into_iter().chain(IN_CHINESE);
        let Some((_, verdict)) = all.find(|(name, _)| *name == spelled) else {
            let hint = match nearest(verdict, VERDICTS.map(|(name, _)| (name, name))) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", VERDICTS.map(|(name, _)| name).join(", ")),
            };
            terminal.error("run/bad-arguments", &format!("`{}` is no verdict; {hint}", shown(verdict)));
            return Exit::Failed;
        };
        let evidence = Analysis::new(book, self.as_of).witness(id, verdict);
        match verification::witness_or_why(book, id, verdict, &evidence, terminal.settings()) {
            Ok(text) => {
                if let Evidence::Witness(witness) = &evidence
                    && self.shared.verbose
                {
                    terminal.complain(&format!("as of {}\n", witness.as_of));
                }
                terminal.print_or_fail(text.as_bytes())
            },
            Err(why) => {
                terminal.error("run/no-witness", &why);
                Exit::Found
            },
        }
    }
}

/// The directive of that name; a former name is taken with a warning, a portfolio directive has no single proposal.
fn named(book: &Rulebook, name: &str, terminal: &mut Terminal) -> Option<DirectiveId> {
    let is_it = |heading: &Heading| heading.name == name;
    let was_it = |heading: &Heading| heading.formerly.iter().any(|former| former == name);
    if let Some(at) = book.directives.iter().position(|one| is_it(&one.heading)) {
        return u32::try_from(at).ok().map(DirectiveId);
    }
    if let Some((at, one)) = (0..).zip(&book.directives).find(|(_, one)| was_it(&one.heading)) {
        let now = &one.heading.name;
        let message = format!("`{name}` is a former name; the directive is called `{now}` now");
        terminal.complain(&format!("warning[run/former-name] {message}\n"));
        return Some(DirectiveId(at));
    }
    let message = if book.portfolio.iter().any(|one| is_it(&one.heading)) {
        format!("`{name}` is a portfolio directive: no single proposal has its verdict")
    } else {
        let names = book.directives.iter().map(|one| one.heading.name.as_str());
        match nearest(name, names.map(|name| (name, name))) {
            Some(near) => format!("there is no directive `{}`; did you mean `{near}`?", shown(name)),
            None => format!("there is no directive `{}`; `plancheck rules` lists the names", shown(name)),
        }
    };
    terminal.error("run/unknown-directive", &message);
    None
}
