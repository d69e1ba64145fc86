//! Memory of the reader that is worth keeping from one proposal to the next.

/// Which key came after which, and room for a text.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    /// For each key of the shape, and each start of an object, the key that came next last time: proposals of one
    /// hand order their keys alike, and a guess that is right costs one comparison.
    followers: Vec<u32>,
    /// Room for a text without its escapes.
    pub(super) unescaped: String,
}

impl Scratch {
    /// Makes room for that many states. What is remembered of another shape makes wrong guesses, which do no harm.
    pub(super) fn prepare(&mut self, states: usize) {
        if self.followers.len() < states {
            self.followers.resize(states, 0);
        }
    }

    /// The key that is likely to come next.
    #[inline]
    pub(super) fn guess(&self, state: usize) -> usize {
        self.followers.get(state).copied().map_or(0, |key| key as usize)
    }

    /// Remembers the key that came next.
    #[inline]
    pub(super) fn learn(&mut self, state: usize, key: u32) {
        if let Some(follower) = self.followers.get_mut(state) {
            *follower = key;
        }
    }
}
