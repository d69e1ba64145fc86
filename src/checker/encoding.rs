//! Bytes to text: UTF-8 as a rule, another encoding when asked for, and a guess at what it is when it is neither.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::report::Failure;
use crate::diagnostic::Severity;
use crate::text::display::shown;

/// How much of a file the guess looks at.
const SAMPLE: usize = 64 * 1024;

/// The byte-order mark in UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Bytes that are no text in the encoding that they were read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingError {
    /// Offset of the first byte that does not fit; `None` where the decoder does not tell.
    pub offset: Option<usize>,
    /// What they were read as.
    pub encoding: &'static str,
    /// What they look like, if that can be told.
    pub guess: Option<&'static str>,
}

/// The encoding that a label names: `gbk`, `gb18030`, `utf-16le`, ….
///
/// # Errors
/// A failure that says so if no encoding has this label.
pub fn by_label(label: &str) -> Result<&'static Encoding, Failure> {
    Encoding::for_label_no_replacement(label.trim().as_bytes()).ok_or_else(|| Failure {
        path: "--encoding".to_owned(),
        code: "run/unknown-encoding",
        message: format!(
            "`{}` is no encoding that is known here; common ones are utf-8, gb18030, gbk, big5, utf-16le, utf-16be",
            shown(label)
        ),
        severity: Severity::Error,
    })
}

/// The text of a file, without its byte-order mark. Left out, `encoding` is UTF-8.
///
/// # Errors
/// Where the bytes are no text of that encoding.
pub fn decode<'a>(bytes: &'a [u8], encoding: Option<&'static Encoding>) -> Result<Cow<'a, str>, EncodingError> {
    match encoding {
        Some(encoding) if encoding != UTF_8 => decode_as(bytes, encoding),
        _ => utf8(bytes).map(Cow::Borrowed),
    }
}

/// The text of UTF-8 bytes, without the byte-order mark.
///
/// # Errors
/// The place of the first byte that does not fit and what the bytes look like; the place counts from the file's first
/// byte, the mark included.
pub fn utf8(bytes: &[u8]) -> Result<&str, EncodingError> {
    let body = bytes.strip_prefix(MARK).unwrap_or(bytes);
    if let Ok(text) = simdutf8::basic::from_utf8(body) {
        return Ok(text);
    }
    let offset = simdutf8::compat::from_utf8(body).err().map(|error| error.valid_up_to() + bytes.len() - body.len());
    Err(EncodingError { offset, encoding: UTF_8.name(), guess: guess(bytes).map(Encoding::name) })
}

fn decode_as<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Result<Cow<'a, str>, EncodingError> {
    let (text, used, malformed) = encoding.decode(bytes);
    if malformed {
        return Err(EncodingError { offset: None, encoding: used.name(), guess: guess(bytes).map(Encoding::name) });
    }
    Ok(text)
}

/// What bytes look like that are no UTF-8; `None` if nothing is likely.
fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if let Some((encoding, _)) = Encoding::for_bom(sample).filter(|(encoding, _)| *encoding != UTF_8) {
        return Some(encoding);
    }
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = sample.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs && odd > 4 * even {
        return Some(UTF_16LE);
    }
    if even * 10 > pairs && even > 4 * odd {
        return Some(UTF_16BE);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let likely = if guessed == GBK { GB18030 } else { guessed };
    let fits = likely.new_decoder_without_bom_handling().decode_to_string_without_replacement(
        sample,
        &mut String::with_capacity(sample.len() * 3),
        false,
    );
    matches!(fits.0, DecoderResult::InputEmpty).then_some(likely)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"title": "安阳内陆港二期工程建设项目", "city": "安阳", "summary": "扩建保税堆场，开行每周班列，提升对外开放水平"}"#;

    #[test]
    fn a_mark_is_skipped_and_counted() {
        assert_eq!(utf8(b"\xEF\xBB\xBF{}"), Ok("{}"));
        assert_eq!(utf8(b"\xEF\xBB\xBF\"\xFF\"").unwrap_err().offset, Some(4));
    }

    #[test]
    fn a_cut_character_has_its_place() {
        assert_eq!(utf8("ab郑".as_bytes().get(..4).unwrap()).unwrap_err().offset, Some(2));
    }

    #[test]
    fn gb18030_is_recognised_and_read_when_asked_for() {
        let (bytes, ..) = GB18030.encode(TEXT);
        let error = utf8(&bytes).unwrap_err();
        assert_eq!((error.offset, error.guess), (Some(11), Some("gb18030")));
        assert_eq!(decode(&bytes, Some(by_label("GB18030").unwrap())).unwrap(), TEXT);
        assert_eq!(decode(&bytes, Some(by_label("gbk").unwrap())).unwrap(), TEXT);
    }

    #[test]
    fn utf_16_is_recognised_with_and_without_a_mark() {
        let bytes: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(utf8(&bytes).unwrap_err().guess, Some("UTF-16LE"));
        let marked: Vec<u8> = [0xFE, 0xFF].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(utf8(&marked).unwrap_err().guess, Some("UTF-16BE"));
        assert_eq!(decode(&marked, Some(UTF_16BE)).unwrap(), TEXT);
    }

    #[test]
    fn noise_is_refused_without_a_panic() {
        for length in 0..600 {
            let noise: Vec<u8> =
                (0..length).map(|index: u32| (index.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
            let _ = decode(&noise, None);
            let _ = decode(&noise, Some(GB18030));
        }
    }

    #[test]
    fn an_unknown_label_is_a_failure() {
        assert_eq!(by_label("klingon").unwrap_err().code, "run/unknown-encoding");
    }
}
