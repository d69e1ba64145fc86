//! What a report tells of the run that made it, so that the run can be repeated: options, files that steered it, and a
//! digest of every input. No place of a machine stands in it but what reports call their files.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use twox_hash::XxHash3_128;
use twox_hash::xxhash3_128::Hasher;

use crate::text::append_hexadecimal;

/// How inputs are digested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DigestKind {
    /// XXH3, 128 bits: tells a changed file and costs next to nothing, but one could be made that has the same digest.
    #[default]
    Fast,
    /// SHA-256, for evidence.
    Sha256,
}

/// The digest of a file: `xxh3:…` or `sha256:…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// See [`DigestKind::Fast`].
    Fast(u128),
    /// See [`DigestKind::Sha256`].
    Sha256([u8; 32]),
}

impl Digest {
    /// The digest of bytes that are at hand as a whole.
    pub fn of(kind: DigestKind, bytes: &[u8]) -> Self {
        match kind {
            DigestKind::Fast => Self::Fast(XxHash3_128::oneshot(bytes)),
            DigestKind::Sha256 => Self::Sha256(Sha256::digest(bytes).into()),
        }
    }

    /// Appends it as it stands in reports.
    pub fn append(&self, out: &mut Vec<u8>) {
        let mut put = |kind: &[u8], bytes: &[u8]| {
            out.extend_from_slice(kind);
            append_hexadecimal(out, bytes);
        };
        match self {
            Self::Fast(number) => put(b"xxh3:", &number.to_be_bytes()),
            Self::Sha256(bytes) => put(b"sha256:", bytes),
        }
    }

    /// Reads what [`Self::append`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, hex) = text.split_once(':')?;
        let is_written_so = hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        match (kind, hex.len(), is_written_so) {
            ("xxh3", 32, true) => u128::from_str_radix(hex, 16).ok().map(Self::Fast),
            ("sha256", 64, true) => {
                let (high, low) = hex.split_at_checked(32)?;
                let halves = [high, low].map(|half| u128::from_str_radix(half, 16).map(u128::to_be_bytes));
                let [Ok(high), Ok(low)] = halves else { return None };
                let mut bytes = [0; 32];
                bytes.iter_mut().zip(high.into_iter().chain(low)).for_each(|(to, from)| *to = from);
                Some(Self::Sha256(bytes))
            },
            _ => None,
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = Vec::new();
        self.append(&mut written);
        f.write_str(&String::from_utf8_lossy(&written))
    }
}

/// Digests a file that is read piece by piece.
pub(super) enum Digester {
    Fast(Box<Hasher>),
    Sha256(Sha256),
}

impl Digester {
    pub(super) fn new(kind: DigestKind) -> Self {
        match kind {
            DigestKind::Fast => Self::Fast(Box::new(Hasher::new())),
            DigestKind::Sha256 => Self::Sha256(Sha256::new()),
        }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Fast(hasher) => hasher.write(bytes),
            Self::Sha256(hasher) => hasher.update(bytes),
        }
    }

    pub(super) fn finish(self) -> Digest {
        match self {
            Self::Fast(hasher) => Digest::Fast(hasher.finish_128()),
            Self::Sha256(hasher) => Digest::Sha256(hasher.finalize().into()),
        }
    }
}

/// An input, and what it held when it was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputDigest {
    /// What the report calls it.
    pub path: Arc<str>,
    /// The digest of what was read of it: all, but of a file that is too large to be judged.
    pub digest: Digest,
    /// Whether it came through standard input.
    pub is_standard_input: bool,
}

/// What a file that steers a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SteeringRole {
    /// `--waivers`
    Waivers,
    /// `--baseline`
    Baseline,
    /// `plancheck.toml` with waivers in it.
    Settings,
}

impl SteeringRole {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waivers => "waivers",
            Self::Baseline => "baseline",
            Self::Settings => "settings",
        }
    }
}

/// A file that steers a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SteeringFile {
    /// What it is for.
    pub role: SteeringRole,
    /// What reports call it.
    pub path: String,
    /// What it held.
    pub digest: Digest,
}

/// All that bears on the result of a run and is not in the report anyway.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunRecord {
    /// The options that are not left at their defaults, as arguments in a fixed order; the language always.
    pub options: Vec<String>,
    /// Files that steered the run, in a fixed order.
    pub files: Vec<SteeringFile>,
    /// Whether the portfolio was judged: `--portfolio auto` hangs on what was asked for.
    pub portfolio: bool,
    /// Every input that could be read, in the order of their paths.
    pub inputs: Vec<InputDigest>,
}

impl RunRecord {
    /// Puts inputs in order, wherever they were read.
    pub fn settle(&mut self) {
        self.inputs.sort_by(|a, b| (&a.path, a.is_standard_input).cmp(&(&b.path, b.is_standard_input)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_to_the_digest_of_the_whole() {
        let bytes: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
        for kind in [DigestKind::Fast, DigestKind::Sha256] {
            let mut digester = Digester::new(kind);
            bytes.chunks(777).for_each(|piece| digester.update(piece));
            assert_eq!(digester.finish(), Digest::of(kind, &bytes));
        }
    }

    #[test]
    fn a_digest_is_what_others_compute_and_comes_back_from_its_text() {
        let table = [
            (DigestKind::Fast, "xxh3:99aa06d3014798d86001c324468d497f"),
            (DigestKind::Sha256, "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ];
        for (kind, written) in table {
            let digest = Digest::of(kind, b"");
            assert_eq!((digest.to_string().as_str(), Digest::parse(written)), (written, Some(digest)));
        }
        for wrong in [
            "",
            "xxh3",
            "xxh3:",
            "xxh3:99",
            "md5:99aa06d3014798d86001c324468d497f",
            "xxh3:+9aa06d3014798d86001c324468d497f",
            "郑:州",
        ] {
            assert_eq!(Digest::parse(wrong), None, "{wrong}");
        }
    }
}
