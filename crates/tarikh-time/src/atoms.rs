//! Atoms: the smallest pieces of the text that patterns speak of.
//!
//! A run of letters, a run of digits, or any one other character. Finer than tokens on purpose:
//! "third-quarter", "10-year", "Aug.", "1:10pm" and "p.m." read alike however a tokenizer cuts
//! them, and a pattern in the data file is cut by the same function.

/// What an atom is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Letters,
    Digits,
    Mark,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    /// First byte in the text.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    /// Whether white space (or the start of the sentence) stands before it.
    pub(crate) spaced: bool,
    /// Whether its first letter is a capital.
    pub(crate) capital: bool,
    /// Number of the word in the rules, 0 for a word that no rule knows.
    pub(crate) word: u16,
}

impl Atom {
    /// The characters of the atom.
    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Appends the atoms of `text[start..end]`; their words are not looked up yet.
pub(crate) fn split(text: &str, start: u32, end: u32, out: &mut Vec<Atom>) {
    let kind_of = |c: char| match c {
        c if c.is_ascii_digit() => Kind::Digits,
        c if c.is_alphabetic() => Kind::Letters,
        _ => Kind::Mark,
    };
    let mut spaced = true;
    let mut open: Option<Atom> = None;
    for (offset, c) in text[start as usize..end as usize].char_indices() {
        let at = start + offset as u32;
        if c.is_whitespace() {
            out.extend(open.take());
            spaced = true;
            continue;
        }
        let kind = kind_of(c);
        let after = at + c.len_utf8() as u32;
        match &mut open {
            Some(atom) if atom.kind == kind && kind != Kind::Mark => atom.end = after,
            _ => {
                out.extend(open.take());
                open = Some(Atom {
                    start: at,
                    end: after,
                    kind,
                    spaced,
                    capital: c.is_uppercase(),
                    word: 0,
                });
            }
        }
        spaced = false;
    }
    out.extend(open);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_letters_digits_and_marks() {
        let text = "the 10-year war, 1:10pm";
        let mut atoms = Vec::new();
        split(text, 0, text.len() as u32, &mut atoms);
        let words: Vec<&str> = atoms.iter().map(|a| a.of(text)).collect();
        assert_eq!(
            words,
            ["the", "10", "-", "year", "war", ",", "1", ":", "10", "pm"]
        );
        assert!(atoms[1].spaced && !atoms[2].spaced);
    }
}
