//! Whether a page's markup can be read in reasonable time.
//!
//! Parsing time grows with the square of the depth, of the attributes of one element and of the
//! character references of one text, and the extractor recurses: a page made for mischief is
//! refused before either starts.

/// Deepest nesting that is read; real news pages stay under a hundred.
pub(super) const MAX_DEPTH: usize = 256;

/// Most attributes of one element.
const MAX_ATTRIBUTES: usize = 1000;

/// Most character references (`&amp;`) of a page.
const MAX_REFERENCES: usize = 100_000;

/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that end when their like begins, so that open ones do not pile up.
const IMPLIED_END: &[&str] = &[
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot",
];

/// Says what a page has too much of, if anything.
///
/// Errs towards "too deep": an end tag closes only the element opened last, so every misplaced
/// end tag leaves some elements open for good.
pub(super) fn excess(page: &str) -> Option<&'static str> {
    if MAX_REFERENCES < page.bytes().filter(|&b| b == b'&').count() {
        return Some("too many character references");
    }
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let is_end = rest.starts_with('/');
        let name: String = rest[usize::from(is_end)..]
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(16)
            .collect::<String>()
            .to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        if has_many_attributes(rest) {
            return Some("an element with too many attributes");
        }
        if VOID.contains(&name.as_str()) || IMPLIED_END.contains(&name.as_str()) {
            continue;
        }
        if is_end {
            if open.last() == Some(&name) {
                open.pop();
            }
        } else if name == "script" || name == "style" {
            rest = after_raw_text(rest, &name);
        } else {
            open.push(name);
            if MAX_DEPTH < open.len() {
                return Some("elements nested too deeply");
            }
        }
    }
    None
}

/// Whether the tag at the start of `tag` has more than [`MAX_ATTRIBUTES`] words outside quotes.
fn has_many_attributes(tag: &str) -> bool {
    let mut quote = None;
    let mut before = b' ';
    let mut n_words = 0;
    for b in tag.bytes() {
        let separates = |b: u8| b.is_ascii_whitespace() || b == b'/';
        match (quote, b) {
            (Some(open), _) if open == b => quote = None,
            (Some(_), _) => {}
            (None, b'>') => break,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(b),
            (None, _) if separates(before) && !separates(b) => n_words += 1,
            _ => {}
        }
        before = b;
        if MAX_ATTRIBUTES < n_words {
            return true;
        }
    }
    false
}

/// What follows the end tag of a script or a style sheet, whose own `<` open nothing.
fn after_raw_text<'a>(inside: &'a str, name: &str) -> &'a str {
    inside
        .match_indices("</")
        .map(|(at, _)| &inside[at + 2..])
        .find(|tail| {
            tail.get(..name.len())
                .is_some_and(|t| t.eq_ignore_ascii_case(name))
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_heavy_from_long() {
        for heavy in [
            "<div>".repeat(MAX_DEPTH + 1),
            "<b></i>".repeat(MAX_DEPTH + 1),
            format!("<p {}>", "a=1 ".repeat(MAX_ATTRIBUTES + 1)),
            format!("<p {}>", "\" b ".repeat(MAX_ATTRIBUTES)),
            "&amp;".repeat(MAX_REFERENCES + 1),
        ] {
            assert!(excess(&heavy).is_some(), "{}", &heavy[..20]);
        }
        for long in [
            "<div><p>one<p>two<br></div>",
            "<ul><li>one<li>two</ul>",
            "<script>if (a<b) '<div>'</script>",
            "<!-- <div> -->",
            "<img src=\"data:image/png;base64,a b c d\" alt='x'>",
            "1 < 2 <",
        ] {
            assert_eq!(excess(&long.repeat(5000)), None, "{long}");
        }
    }
}
