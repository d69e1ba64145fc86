//! The way to the value that is being read, kept on the stack and written out only for findings.

use std::fmt::Write as _;

/// A step down from the proposal, and the steps before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path<'p> {
    up: Option<&'p Path<'p>>,
    step: Step<'p>,
    /// How many objects and arrays are around what stands here.
    pub level: u32,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(u32),
}

impl<'p> Path<'p> {
    pub(super) fn root() -> Self {
        Self { up: None, step: Step::Root, level: 0 }
    }

    #[inline]
    pub(super) fn key(&'p self, key: &'p str) -> Self {
        Self { up: Some(self), step: Step::Key(key), level: self.level + 1 }
    }

    #[inline]
    pub(super) fn index(&'p self, index: u32) -> Self {
        Self { up: Some(self), step: Step::Index(index), level: self.level + 1 }
    }

    /// The JSON pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(path) = at {
            steps.push(path.step);
            at = path.up;
        }
        let mut pointer = String::new();
        for step in steps.into_iter().rev() {
            match step {
                Step::Root => {},
                Step::Key(key) => {
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                },
                // Writing to a string does not fail.
                Step::Index(index) => drop(write!(pointer, "/{index}")),
            }
        }
        pointer
    }
}
