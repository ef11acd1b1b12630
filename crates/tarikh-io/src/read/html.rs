//! Saved web pages: the main text, and what the page says about itself.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Article, Config, Readability, TextMode};
use tarikh_text::Metadata;

use super::{Found, Origin, RawReport, decode, markup, parse_date, plain, warning};
use crate::error::{Problem, ReadError};

/// Most elements of a page: real news pages have some thousands.
const MAX_ELEMENTS: usize = 200_000;

pub(super) fn read(bytes: &[u8], origin: Origin) -> Found {
    let decoded = match decode::decode(bytes, true) {
        Ok(decoded) => decoded,
        Err(problem) => return Err(ReadError::new(origin, problem)),
    };
    let mut warnings: Vec<_> = decoded
        .guessed
        .map(plain::guessed_encoding)
        .into_iter()
        .collect();
    if let Some(excess) = markup::excess(&decoded.text) {
        return Err(ReadError::new(origin, Problem::HeavyMarkup(excess)));
    }
    let Some(article) = main_text(&decoded.text) else {
        return Err(ReadError::new(origin, Problem::NoMainText));
    };
    let published = match article.published_time.as_deref().map(parse_date) {
        Some(Ok(day)) => Some(day),
        None => None,
        Some(Err(problem)) => {
            // The page's fault, not the user's: its words can still be coded.
            warnings.push(warning(
                "W012",
                format!("the page's date is left out: {problem}; pass --published"),
            ));
            None
        }
    };
    let given = |value: Option<String>| {
        let value = value?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    Ok(RawReport {
        metadata: Metadata {
            id: String::new(),
            title: given(Some(article.title)),
            outlet: given(article.site_name),
            published,
            url: given(article.url),
            language: given(article.lang).and_then(|tag| language_of(&tag)),
        },
        body: article.text_content.trim().to_owned(),
        origin,
        warnings,
    })
}

/// The page's article; `None` if there is none.
fn main_text(page: &str) -> Option<Article> {
    let config = Config {
        max_elements_to_parse: MAX_ELEMENTS,
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    // A page is foreign and its parser is not ours: should it panic, one page is lost, not a run.
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        Readability::new(page, None, Some(config)).and_then(|mut page| page.parse())
    }));
    let article = parsed.ok()?.ok()?;
    (!article.text_content.trim().is_empty()).then_some(article)
}

/// The language of a tag such as `en-GB`.
fn language_of(tag: &str) -> Option<String> {
    let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    let is_code = matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_lowercase());
    is_code.then_some(primary)
}
