//! From bytes to text: byte order mark, UTF-8, the page's own word, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::error::Problem;

/// Decoded text and how its encoding was found.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// Name of the encoding, where nothing in the file names it.
    pub(super) guessed: Option<&'static str>,
}

/// Decodes a file.
///
/// # Errors
/// [`Problem::Binary`] if the bytes are no text in any encoding, [`Problem::Empty`] if there is
/// nothing but white space.
pub(super) fn decode(bytes: &[u8], is_html: bool) -> Result<Decoded, Problem> {
    if let Some(kind) = known_binary(bytes) {
        return Err(Problem::Binary(kind));
    }
    let (text, guessed) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
            (text.into_owned(), None)
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(_) => decode_other(bytes, is_html)?,
        },
    };
    if looks_binary(&text) {
        return Err(Problem::Binary("bytes that are no text"));
    }
    if text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    Ok(Decoded { text, guessed })
}

fn decode_other(bytes: &[u8], is_html: bool) -> Result<(String, Option<&'static str>), Problem> {
    // No encoding that lacks a byte order mark writes NUL, so these bytes are no text.
    if bytes.contains(&0) {
        return Err(Problem::Binary("bytes that are no text"));
    }
    let named = if is_html { named_by_page(bytes) } else { None };
    let encoding = named.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Allow)
    });
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let guessed = named.is_none().then(|| encoding.name());
    Ok((text.into_owned(), guessed))
}

/// Bytes at the start of a page in which a `charset` is looked for, as browsers do.
const PRESCAN: usize = 1024;

/// The encoding in `<meta charset=...>` or `<meta ... content="text/html; charset=...">`.
fn named_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(PRESCAN)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let after = head
        .split("charset")
        .nth(1)?
        .trim_start()
        .strip_prefix('=')?;
    let label = after
        .trim_start_matches([' ', '"', '\''])
        .split(['"', '\'', ' ', '>', ';', '/'])
        .next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A page that says UTF-16 in ASCII letters is mistaken; one that says UTF-8 and is not, too.
    let ascii = encoding.is_ascii_compatible() && encoding != UTF_8;
    ascii.then_some(encoding)
}

/// Names a file of a kind that people give by mistake.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"\xd0\xcf\x11\xe0", "an office document"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3\0", "a database"),
    ];
    let kind = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic));
    kind.map(|&(_, name)| name)
}

/// Whether a text has NULs, or more than one control or replacement character in fifty.
fn looks_binary(text: &str) -> bool {
    let mut n_chars = 0usize;
    let mut n_odd = 0usize;
    for c in text.chars() {
        n_chars += 1;
        match c {
            '\0' => return true,
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => {}
            c if c.is_control() || c == '\u{fffd}' => n_odd += 1,
            _ => {}
        }
    }
    n_odd * 50 > n_chars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], is_html: bool, expected: &str, guessed: Option<&str>) {
        let decoded = decode(bytes, is_html).expect("the bytes are text");
        assert_eq!(decoded.text, expected);
        assert_eq!(decoded.guessed, guessed);
    }

    #[test]
    fn marks_names_and_guesses() {
        check("Sévaré".as_bytes(), false, "Sévaré", None);
        check(b"\xef\xbb\xbfCorva", false, "Corva", None);
        check(b"\xff\xfeC\0o\0", false, "Co", None);
        check(b"\xfe\xff\0C\0o", false, "Co", None);
        check(
            b"L'arm\xe9e a attaqu\xe9 le village de Bessan \x96 cinq morts.",
            false,
            "L'armée a attaqué le village de Bessan – cinq morts.",
            Some("windows-1252"),
        );
        let page = b"<meta charset=\"iso-8859-2\"><p>Wojsko zaatakowa\xb3o wie\xb6.";
        check(
            page,
            true,
            "<meta charset=\"iso-8859-2\"><p>Wojsko zaatakowało wieś.",
            None,
        );
    }

    #[test]
    fn refuses_what_is_no_text() {
        for (bytes, found) in [
            (&b"%PDF-1.7 ..."[..], "a PDF file"),
            (b"\x7fELF\x02\x01", "a program"),
            (b"abc\0def", "bytes that are no text"),
            (b"\x01\x02\x03\x04 abc", "bytes that are no text"),
        ] {
            match decode(bytes, false) {
                Err(Problem::Binary(kind)) => assert_eq!(kind, found),
                other => panic!("{other:?}"),
            }
        }
        assert!(matches!(decode(b" \n\t ", false), Err(Problem::Empty)));
        assert!(matches!(decode(b"", false), Err(Problem::Empty)));
    }
}
