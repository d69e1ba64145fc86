//! “Did you mean …?”: the name that was probably meant.

use super::normal;

/// Longer texts are no misspelt names, and comparing them costs too much.
const MOST_CHARACTERS: usize = 60;

/// The value whose spelling is nearest to `wanted`, if one is near: case, width, hyphens and spaces do not matter, then
/// one character in three may differ. Of two that are equally near the first is taken.
pub fn nearest<S: AsRef<str>, T>(wanted: &str, candidates: impl IntoIterator<Item = (S, T)>) -> Option<T> {
    best(wanted, candidates, |wanted, spelling| wanted.distance(spelling))
}

/// As [`nearest`]; where nothing is near, the longest spelling that is a part of `wanted`, or that it is a part of.
pub fn nearest_or_part<S: AsRef<str>, T>(wanted: &str, candidates: impl IntoIterator<Item = (S, T)>) -> Option<T> {
    best(wanted, candidates, |wanted, spelling| {
        let near = wanted.distance(spelling).map(|distance| (distance, 0));
        near.or_else(|| wanted.overhang(spelling).map(|overhang| (usize::MAX, overhang)))
    })
}

fn best<S: AsRef<str>, T, R: Ord>(
    name: &str,
    candidates: impl IntoIterator<Item = (S, T)>,
    rank: impl Fn(&Plain, &Plain) -> Option<R>,
) -> Option<T> {
    let wanted = Plain::new(name);
    // A code that differs in a digit is another code, and no misspelt one.
    let is_number = name.chars().all(|c| !c.is_alphabetic());
    if wanted.length == 0 || wanted.length > MOST_CHARACTERS || is_number {
        return None;
    }
    let mut best: Option<(R, T)> = None;
    for (spelling, value) in candidates {
        if spelling.as_ref().len() > MOST_CHARACTERS * 4 {
            continue;
        }
        if let Some(rank) = rank(&wanted, &Plain::new(spelling.as_ref()))
            && best.as_ref().is_none_or(|(least, _)| rank < *least)
        {
            best = Some((rank, value));
        }
    }
    best.map(|(_, value)| value)
}

/// A spelling as spellings are compared, and how many characters it has.
struct Plain {
    text: String,
    length: usize,
}

impl Plain {
    fn new(text: &str) -> Self {
        let mut text = normal::fold(text);
        text.retain(|c| !matches!(c, '-' | '_' | ' '));
        Self { length: text.chars().count(), text }
    }

    /// How many characters differ, if few do.
    fn distance(&self, other: &Self) -> Option<usize> {
        let longer = self.length.max(other.length);
        let limit = (longer / 3).max(1);
        let may_be_near = longer > 1 && other.length > 0 && self.length.abs_diff(other.length) <= limit;
        let distance = may_be_near.then(|| strsim::osa_distance(&self.text, &other.text))?;
        (distance <= limit).then_some(distance)
    }

    /// By how many characters the one goes beyond the other, if it holds the other.
    fn overhang(&self, other: &Self) -> Option<usize> {
        let is_part =
            other.length > 1 && (self.text.contains(&other.text) || self.length > 1 && other.text.contains(&self.text));
        is_part.then(|| self.length.abs_diff(other.length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] = ["logistics", "opening-up", "郑州", "洛阳", "数字经济", "x"];

    #[test]
    fn few_characters_may_differ_and_case_width_and_hyphens_do_not_count() {
        let meant = |text| nearest(text, NAMES.map(|name| (name, name)));
        assert_eq!(meant("logistic"), Some("logistics"));
        assert_eq!(meant("Openning-Up"), Some("opening-up"));
        assert_eq!(meant("ＯＰＥＮＩＮＧ_ＵＰ"), Some("opening-up"));
        assert_eq!(meant("郑洲"), Some("郑州"));
        assert_eq!(meant("tourism"), None);
        assert_eq!(meant("y"), None);
        assert_eq!(meant(""), None);
        assert_eq!(meant(&"logistics".repeat(1000)), None);
    }

    #[test]
    fn a_code_is_no_misspelt_code() {
        assert_eq!(nearest("410511", [("410311", "Luolong District")]), None);
        assert_eq!(nearest_or_part("410511", [("410500", "Anyang")]), None);
    }

    #[test]
    fn the_first_of_two_equally_near_names_is_taken() {
        assert_eq!(nearest("belt-c", [("belt-a", 1), ("belt-b", 2)]), Some(1));
    }

    #[test]
    fn a_name_with_more_around_it_is_found_where_parts_count() {
        let meant = |text| nearest_or_part(text, NAMES.map(|name| (name, name)));
        assert_eq!(meant("郑州市区"), Some("郑州"));
        assert_eq!(meant("digital-economy 数字经济"), Some("数字经济"));
        assert_eq!(meant("logistic"), Some("logistics"));
        assert_eq!(nearest("郑州市区", NAMES.map(|name| (name, name))), None);
    }
}
