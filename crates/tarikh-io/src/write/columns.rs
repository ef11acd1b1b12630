//! Text that fits into the columns of a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A report's words made safe to print on a terminal: line ends and tabs become spaces, other
/// control characters (which could move the cursor or set colours) the replacement character.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().map(printable_char).collect()
}

pub(super) fn printable_char(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        // Marks that reverse the direction of writing would let words stand where they are not.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Columns that a character takes.
pub(super) fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The text cut to `columns`, with an ellipsis where something is missing.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += char_width(c);
        if columns < used {
            break;
        }
        kept.push(c);
    }
    let mut kept = kept.trim_end().to_owned();
    if 0 < columns {
        kept.push('…');
    }
    kept
}

/// The text cut and filled to exactly `columns`.
pub(super) fn pad(text: &str, columns: usize) -> String {
    let mut padded = cut(text, columns);
    let missing = columns.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

/// The same, filled on the left.
pub(super) fn pad_left(text: &str, columns: usize) -> String {
    let cut = cut(text, columns);
    let missing = columns.saturating_sub(width(&cut));
    " ".repeat(missing) + &cut
}

/// Breaks a text at spaces into lines of at most `columns`; a longer word gets a line of its own.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_columns_not_bytes() {
        assert_eq!(cut("Sévaré", 6), "Sévaré");
        assert_eq!(cut("Sévaré town", 8), "Sévaré…");
        assert_eq!(cut("東京都庁", 5), "東京…");
        assert_eq!(pad("東京都庁", 6), "東京… ");
        assert_eq!(pad_left("9+", 4), "  9+");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn control_characters_cannot_act() {
        assert_eq!(
            printable("a\u{1b}[31m\nb\u{202e}c"),
            "a\u{fffd}[31m b\u{fffd}c"
        );
    }

    #[test]
    fn wraps_at_spaces() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("overlong words", 4), ["overlong", "words"]);
    }
}
