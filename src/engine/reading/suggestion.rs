//! The name that was probably meant.

use crate::text::normal::fold;

/// Longer texts are no misspelt names, and comparing them costs too much.
const MOST_CHARACTERS: usize = 60;

/// The candidate that is nearest to a text: a few characters away, else the longest one that it contains.
pub(super) fn nearest<T>(text: &str, candidates: impl IntoIterator<Item = (T, String)>) -> Option<T> {
    let text = fold(text);
    let length = text.chars().count();
    if length == 0 || length > MOST_CHARACTERS {
        return None;
    }
    let mut best: Option<((usize, usize), T)> = None;
    for (candidate, spelling) in candidates {
        let spelling = fold(&spelling);
        if let Some(rank) = rank(&text, length, &spelling)
            && best.as_ref().is_none_or(|(least, _)| rank < *least)
        {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How far apart two folded texts are, the nearest first; `None` if too far.
fn rank(text: &str, length: usize, spelling: &str) -> Option<(usize, usize)> {
    let other = spelling.chars().count();
    let limit = (length.max(other) / 3).max(1);
    if length.abs_diff(other) <= limit && length.max(other) > 1 {
        let distance = strsim::osa_distance(text, spelling);
        if distance <= limit {
            return Some((distance, 0));
        }
    }
    let is_part = other > 1 && (text.contains(spelling) || length > 1 && spelling.contains(text));
    is_part.then(|| (usize::MAX, length.abs_diff(other)))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found() {
        let names = ["logistics", "opening-up", "郑州", "洛阳", "数字经济"];
        let meant = |text| nearest(text, names.map(|name| (name, name.to_owned())));
        assert_eq!(meant("logistic"), Some("logistics"));
        assert_eq!(meant("Openning-Up"), Some("opening-up"));
        assert_eq!(meant("郑洲"), Some("郑州"));
        assert_eq!(meant("郑州市区"), Some("郑州"));
        assert_eq!(meant("digital-economy 数字经济"), Some("数字经济"));
        assert_eq!(meant("tourism"), None);
        assert_eq!(meant(""), None);
        assert_eq!(meant(&"logistics".repeat(1000)), None);
    }
}
