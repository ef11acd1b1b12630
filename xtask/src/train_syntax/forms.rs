//! Forms of the verbs and nouns of `data/syntax/words.toml`: what words that the treebanks lack can be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use tarikh_syntax::tagger::Tag;
use tarikh_syntax::{Feats, Upos, XPOS, lexeme};

use super::treebank::Example;
use crate::workspace;

/// A form of a word: its lemma and the Penn tags that it can have.
pub(crate) struct Form {
    form: String,
    lemma: String,
    upos: Upos,
    tags: &'static [&'static str],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    verbs: String,
    verbs_and_nouns: String,
    verb_forms: String,
    nouns: String,
    noun_forms: String,
}

/// The forms of all words of the file.
pub(crate) fn read() -> Result<Vec<Form>> {
    let path = workspace::root().join("data/syntax/words.toml");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let lists: Lists = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let mut out = Vec::new();
    let irregular = pairs(&lists.verb_forms)?;
    for (form, lemma) in &irregular {
        let is_participle = form.ends_with("ing");
        let tags: &[&str] = if is_participle {
            &["VBG"]
        } else {
            &["VBD", "VBN"]
        };
        out.push(Form::new(form, lemma, Upos::Verb, tags));
    }
    for (verbs, is_noun) in [(&lists.verbs, false), (&lists.verbs_and_nouns, true)] {
        for verb in verbs.split_whitespace() {
            regular(verb, is_noun, &irregular, &mut out);
        }
    }
    for (form, lemma) in pairs(&lists.noun_forms)? {
        out.push(Form::new(&form, &lemma, Upos::Noun, &["NNS"]));
    }
    for noun in lists.nouns.split_whitespace() {
        out.push(Form::new(noun, noun, Upos::Noun, &["NN"]));
        out.push(Form::new(&third(noun), noun, Upos::Noun, &["NNS"]));
    }
    Ok(out)
}

/// Pairs of a form and its lemma, in order.
fn pairs(list: &str) -> Result<Vec<(String, String)>> {
    let words: Vec<&str> = list.split_whitespace().collect();
    let pair = |pair: &[&str]| match pair {
        [form, lemma] => Ok(((*form).to_owned(), (*lemma).to_owned())),
        _ => Err(anyhow!("a form without a lemma: {pair:?}")),
    };
    words.chunks(2).map(pair).collect()
}

/// The forms of a verb by the rules, those left out that the irregular ones stand for.
fn regular(verb: &str, is_noun: bool, irregular: &[(String, String)], out: &mut Vec<Form>) {
    let (base, third_tags): (&[&str], &[&str]) = if is_noun {
        (&["NN", "VB", "VBP"], &["NNS", "VBZ"])
    } else {
        (&["VB", "VBP"], &["VBZ"])
    };
    out.push(Form::new(verb, verb, Upos::Verb, base));
    out.push(Form::new(&third(verb), verb, Upos::Verb, third_tags));
    // "travelled" and "traveled", "focussed" and "focused".
    let doubles_at_will = verb.ends_with(['l', 's']);
    let is_irregular = |ing: bool| {
        let mut forms = irregular.iter().filter(|(_, lemma)| lemma == verb);
        !doubles_at_will && forms.any(|(form, _)| form.ends_with("ing") == ing)
    };
    if !is_irregular(false) {
        out.push(Form::new(&past(verb), verb, Upos::Verb, &["VBD", "VBN"]));
    }
    if !is_irregular(true) {
        out.push(Form::new(&participle(verb), verb, Upos::Verb, &["VBG"]));
    }
}

/// The word without the "y" after a consonant at its end.
fn before_y(word: &str) -> Option<&str> {
    word.strip_suffix('y')
        .filter(|rest| !rest.ends_with(['a', 'e', 'i', 'o', 'u']))
}

/// The third person of a verb, the plural of a noun.
fn third(word: &str) -> String {
    if let Some(rest) = before_y(word) {
        return format!("{rest}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| word.ends_with(end));
    format!("{word}{}", if hisses { "es" } else { "s" })
}

fn past(verb: &str) -> String {
    match before_y(verb) {
        Some(rest) => format!("{rest}ied"),
        None if verb.ends_with('e') => format!("{verb}d"),
        None => format!("{verb}ed"),
    }
}

fn participle(verb: &str) -> String {
    if let Some(rest) = verb.strip_suffix("ie") {
        return format!("{rest}ying");
    }
    let keeps_e = ["ee", "oe", "ye"].iter().any(|end| verb.ends_with(end));
    match verb.strip_suffix('e') {
        Some(rest) if !keeps_e => format!("{rest}ing"),
        _ => format!("{verb}ing"),
    }
}

impl Form {
    fn new(form: &str, lemma: &str, upos: Upos, tags: &'static [&'static str]) -> Self {
        Self {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos,
            tags,
        }
    }

    /// The form under each of its tags, as a word of a treebank.
    pub(crate) fn examples(&self) -> impl Iterator<Item = Example> {
        self.tags.iter().filter_map(move |tag| {
            let upos = if tag.starts_with('N') {
                Upos::Noun
            } else {
                self.upos
            };
            Some(Example {
                form: self.form.clone(),
                lower: self.form.clone(),
                lemma: self.lemma.clone(),
                tag: Tag {
                    upos,
                    xpos: xpos(tag)?,
                    feats: Feats::default(),
                },
                feats: Feats::default(),
            })
        })
    }
}

fn xpos(tag: &str) -> Option<u8> {
    XPOS.iter().position(|x| *x == tag).map(|i| i as u8)
}

/// The Penn tags that each word can have, by `Lexeme::norm`.
pub(crate) fn tags(forms: &[Form]) -> BTreeMap<u32, BTreeSet<u8>> {
    let mut out: BTreeMap<u32, BTreeSet<u8>> = BTreeMap::new();
    for form in forms {
        let tags = out.entry(lexeme::norm(&form.form)).or_default();
        tags.extend(form.tags.iter().filter_map(|tag| xpos(tag)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_rules_and_the_exceptions() {
        let forms = read().expect("the lists");
        let lemma = |form: &str| {
            let found = forms.iter().find(|f| f.form == form);
            found.map(|f| f.lemma.as_str())
        };
        for (form, expected) in [
            ("traded", "trade"),
            ("dynamited", "dynamite"),
            ("toppling", "topple"),
            ("swept", "sweep"),
            ("gunned", "gun"),
            ("fortifies", "fortify"),
            ("vying", "vie"),
            ("sorties", "sortie"),
        ] {
            assert_eq!(lemma(form), Some(expected), "{form}");
        }
        assert_eq!(lemma("sweeped"), None);
    }
}
