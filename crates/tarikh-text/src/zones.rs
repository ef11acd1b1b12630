//! Paragraphs and the part of the report that each belongs to.

use crate::report::{Paragraph, Zone};
use crate::span::Span;

/// Openings of lines that are not part of the report (compared in lower case).
const BOILERPLATE_OPENINGS: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "see also",
    "related:",
    "related stories",
    "more on this story",
    "follow us",
    "follow @",
    "subscribe",
    "sign up",
    "click here",
    "advertisement",
    "share this",
    "share on",
    "copyright ",
    "(c) ",
    "\u{a9}",
    "all rights reserved",
    "download our app",
    "download the app",
    "join our",
    "watch:",
    "listen:",
    "photo:",
    "image:",
    "photo credit",
    "image credit",
    "(photo by",
    "file photo",
    "this article was originally",
    "this story was originally",
    "for more information, visit",
    "support our journalism",
    "editor's note:",
    "recommended:",
    "tags:",
    "filed under",
    "topics:",
    "print this",
];

/// Words that a line of boilerplate contains wherever it begins.
const BOILERPLATE_INSIDE: &[&str] = &[
    "all rights reserved",
    "may not be published, broadcast",
    "newsletter",
    "whatsapp channel",
    "cookies policy",
];

/// Longest line, in bytes, that can be taken for boilerplate, a byline or a heading.
const SHORT: usize = 160;

/// Splits a text into paragraphs: at blank lines and at single line ends, except where the lines
/// are hard-wrapped (then only blank lines and indents part them).
pub(crate) fn paragraphs(text: &str, body_start: u32) -> Vec<Paragraph> {
    let mut out = Vec::new();
    let body = body_start as usize;
    if body > 0 {
        push(&mut out, text, 0, body, Some(Zone::Title));
    }
    let wrapped = is_hard_wrapped(&text[body..]);
    let mut start = body;
    let mut at = body;
    for line in text[body..].split_inclusive('\n') {
        let blank = line.trim().is_empty();
        let indented = line.starts_with("   ");
        if blank || !wrapped || indented && start < at {
            push(&mut out, text, start, at, None);
            start = at;
        }
        at += line.len();
    }
    push(&mut out, text, start, at, None);
    out
}

fn push(out: &mut Vec<Paragraph>, text: &str, start: usize, end: usize, zone: Option<Zone>) {
    let words = text[start..end].trim();
    if words.is_empty() {
        return;
    }
    let from = start + (text[start..end].len() - text[start..end].trim_start().len());
    let zone = zone.unwrap_or_else(|| {
        let first_of_body = !out.iter().any(|p| p.zone == Zone::Body);
        zone_of(words, first_of_body)
    });
    out.push(Paragraph {
        span: Span::new(from as u32, (from + words.len()) as u32),
        zone,
    });
}

fn zone_of(words: &str, first_of_body: bool) -> Zone {
    if words.len() > SHORT {
        return Zone::Body;
    }
    let lower = words.to_lowercase();
    let opening = lower.trim_start_matches(['-', '*', '>', '[', '\u{2022}', ' ']);
    if BOILERPLATE_OPENINGS.iter().any(|b| opening.starts_with(b))
        || BOILERPLATE_INSIDE.iter().any(|b| lower.contains(b))
        || lower.starts_with("http://")
        || lower.starts_with("https://")
    {
        return Zone::Boilerplate;
    }
    if first_of_body
        && (lower.starts_with("by ") || lower.starts_with("reporting by "))
        && !words.ends_with('.')
    {
        return Zone::Byline;
    }
    if lower.starts_with("(reporting by ")
        || lower.starts_with("reporting by ")
        || lower.starts_with("(editing by ")
    {
        return Zone::Byline;
    }
    let n_words = words.split_whitespace().count();
    let closed = words.ends_with(['.', '!', '?', '"', '\'', ')', ':', ';', ',']);
    if !closed && (1..=14).contains(&n_words) && words.chars().any(char::is_alphabetic) {
        return Zone::Heading;
    }
    Zone::Body
}

/// Whether line ends fall inside sentences: most full lines are of like length and end without a stop.
fn is_hard_wrapped(body: &str) -> bool {
    let lines: Vec<&str> = body
        .lines()
        .map(str::trim_end)
        .filter(|l| !l.trim().is_empty())
        .take(400)
        .collect();
    if lines.len() < 4 {
        return false;
    }
    let open = lines
        .iter()
        .filter(|l| !l.ends_with(['.', '!', '?', '"', ':', ')']))
        .count();
    let long = lines.iter().filter(|l| l.len() > 100).count();
    open * 2 > lines.len() && long * 5 < lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(text: &str) -> Vec<(Zone, &str)> {
        paragraphs(text, 0)
            .iter()
            .map(|p| (p.zone, p.span.of(text)))
            .collect()
    }

    #[test]
    fn tells_zones_apart() {
        let text = "By Awa Keita\n\nGunmen attacked Corva.\nTwo people died.\nRead more: five things to know\nOther news\n(c) 2024 Elsk Post. All rights reserved.";
        let got = zones(text);
        assert_eq!(got[0], (Zone::Byline, "By Awa Keita"));
        assert_eq!(got[1], (Zone::Body, "Gunmen attacked Corva."));
        assert_eq!(got[2].0, Zone::Body);
        assert_eq!(got[3].0, Zone::Boilerplate);
        assert_eq!(got[4], (Zone::Heading, "Other news"));
        assert_eq!(got[5].0, Zone::Boilerplate);
    }

    #[test]
    fn joins_hard_wrapped_lines() {
        let text = "   GUNMEN ATTACKED THE TOWN\nOF CORVA ON MONDAY AND\nKILLED NINE FARMERS IN\nTHE MARKET PLACE.\n\n   POLICE CAME LATER AND\nFOUND THE BODIES OF THE\nDEAD.";
        assert_eq!(zones(text).len(), 2);
    }
}
