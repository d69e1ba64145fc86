//! Tallies as data that another run can take up: how they are written, and whether what was read fits the rule pack.
//!
//! A group's key cannot be a key of a JSON object, so that groups are written as a list, sorted, so that the same tally
//! is always the same bytes.

use super::{Accumulator, Tally, fresh};
use crate::rulebook::{ForEach, PortfolioDirective};

impl<M: Ord + Clone> Tally<M> {
    /// Whether a tally that was read could have been gathered for this directive: it has the accumulators that the
    /// directive asks for, and each is of the kind that its aggregate needs.
    pub fn fits(&self, directive: &PortfolioDirective) -> bool {
        let fresh = fresh(directive);
        let alike = |found: &[Accumulator]| {
            let pairs = found.iter().zip(&fresh);
            found.len() == fresh.len() && { pairs }.all(|(a, b)| std::mem::discriminant(a) == std::mem::discriminant(b))
        };
        let terms = match &directive.for_each {
            ForEach::Term(_, terms) => terms.len() as usize,
            ForEach::Nothing | ForEach::Group(_) => 0,
        };
        let keys = match &directive.for_each {
            ForEach::Group(keys) => Some(keys.len()),
            ForEach::Nothing | ForEach::Term(..) => None,
        };
        alike(&self.shared)
            && self.by_term.len() == terms
            && self.by_term.iter().all(|one| alike(one))
            && self.groups.iter().all(|(key, group)| Some(key.len()) == keys && alike(&group.accumulators))
    }
}

/// Groups as a list of pairs, by their first member.
pub(super) mod sorted_groups {
    use std::collections::HashMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::engine::key::KeyPart;
    use crate::engine::portfolio::Group;

    type Groups<M> = HashMap<Vec<KeyPart>, Group<M>>;

    pub(in crate::engine::portfolio) fn serialize<M, S>(groups: &Groups<M>, serializer: S) -> Result<S::Ok, S::Error>
    where
        M: Serialize + Ord,
        S: Serializer,
    {
        let mut pairs: Vec<(&Vec<KeyPart>, &Group<M>)> = groups.iter().collect();
        pairs.sort_by(|(_, a), (_, b)| a.members.first().cmp(&b.members.first()));
        serializer.collect_seq(pairs)
    }

    pub(in crate::engine::portfolio) fn deserialize<'de, M, D>(deserializer: D) -> Result<Groups<M>, D::Error>
    where
        M: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(Vec<KeyPart>, Group<M>)>::deserialize(deserializer)?.into_iter().collect())
    }
}
