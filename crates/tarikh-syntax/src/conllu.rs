//! CoNLL-U: the exchange format of Universal Dependencies.

use std::fmt;

use tarikh_text::{Span, normalise};

use crate::doc::{Doc, Sentence, Tok, TokRange};
use crate::labels::{Deprel, Feats, Upos, XPOS};

/// What a CoNLL-U file holds.
#[derive(Clone, Debug, Default)]
pub struct Conllu {
    /// Words, sentences and their annotation. The text is put together from the words, with
    /// quotation marks and apostrophes made plain as in a report.
    pub doc: Doc,
    /// The words as the file has them.
    pub forms: Vec<Box<str>>,
    /// Comment lines before each sentence, with their line ends.
    pub comments: Vec<String>,
}

/// A line that is not CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConlluError {
    /// Line number, from one.
    pub line: usize,
    /// What is wrong.
    pub problem: &'static str,
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

impl std::error::Error for ConlluError {}

/// A word row before its sentence is complete.
struct Row<'a> {
    columns: [&'a str; 10],
    /// Whether it is a later part of a multiword token.
    continues: bool,
    space_after: bool,
}

/// Reads a file. Multiword ranges become tokens that continue a word; empty nodes are left out;
/// a relation or tag that the sets do not have becomes its universal part, or `dep` and `_`.
///
/// # Errors
/// The first line that does not have ten columns, or whose ID or HEAD is not a number.
pub fn read(text: &str) -> Result<Conllu, ConlluError> {
    read_with(text, str::to_owned)
}

/// Reads a file with every form passed through `form` first (to train on words in capitals).
///
/// # Errors
/// As [`read`].
pub fn read_with(text: &str, form: impl Fn(&str) -> String) -> Result<Conllu, ConlluError> {
    let mut reader = Reader {
        out: Conllu::default(),
        text: String::new(),
        spans: Vec::new(),
    };
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut comments = String::new();
    // The multiword token being read: its first and last word, and whether a space follows it.
    let mut range: Option<(usize, usize, bool)> = None;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        let error = |problem| ConlluError {
            line: at + 1,
            problem,
        };
        if line.is_empty() {
            reader.sentence(&rows, &mut comments, &form);
            rows.clear();
            range = None;
        } else if line.starts_with('#') {
            comments.push_str(line);
            comments.push('\n');
        } else {
            let mut columns = [""; 10];
            let mut n = 0;
            for column in line.split('\t') {
                *columns
                    .get_mut(n)
                    .ok_or_else(|| error("more than ten columns"))? = column;
                n += 1;
            }
            if n != 10 {
                return Err(error("fewer than ten columns"));
            }
            let space_after = !columns[9].split('|').any(|m| m == "SpaceAfter=No");
            if columns[0].contains('.') {
                continue;
            }
            if let Some((first, last)) = columns[0].split_once('-') {
                let number = |n: &str| n.parse().map_err(|_| error("a range without numbers"));
                range = Some((number(first)?, number(last)?, space_after));
                continue;
            }
            let id: usize = columns[0]
                .parse()
                .map_err(|_| error("an ID that is not a number"))?;
            if id != rows.len() + 1 {
                return Err(error("an ID out of order"));
            }
            let (continues, space_after) = match range {
                Some((first, last, space)) if id <= last => (id > first, id == last && space),
                _ => (false, space_after),
            };
            rows.push(Row {
                columns,
                continues,
                space_after,
            });
        }
    }
    reader.sentence(&rows, &mut comments, &form);
    Ok(reader.finish())
}

struct Reader {
    out: Conllu,
    text: String,
    /// Span and whether it continues a word, per token.
    spans: Vec<(Span, bool)>,
}

impl Reader {
    fn sentence(
        &mut self,
        rows: &[Row<'_>],
        comments: &mut String,
        form: &impl Fn(&str) -> String,
    ) {
        if rows.is_empty() {
            return;
        }
        let out = &mut self.out;
        let doc = &mut out.doc;
        let first = doc.lemma.len();
        let start = self.text.len() as u32;
        let mut end = start;
        for row in rows {
            let [_, word, lemma, upos, xpos, feats, head, rel, _, _] = row.columns;
            let at = self.text.len() as u32;
            let plain = normalise(&form(word));
            // A word of invisible characters alone still needs a place in the text.
            self.text.push_str(if plain.text().is_empty() {
                "_"
            } else {
                plain.text()
            });
            end = self.text.len() as u32;
            self.spans.push((Span::new(at, end), row.continues));
            if row.space_after {
                self.text.push(' ');
            }
            out.forms.push(word.into());
            let lemma_start = doc.strings.len() as u32;
            doc.strings.push_str(lemma);
            doc.lemma.push((lemma_start, doc.strings.len() as u32));
            doc.upos.push(Upos::parse(upos).unwrap_or(Upos::X));
            doc.xpos
                .push(XPOS.iter().position(|x| *x == xpos).unwrap_or(0) as u8);
            doc.feats.push(Feats::parse(feats));
            doc.deprel.push(relation(rel));
            let head = head.parse::<u32>().unwrap_or(0);
            let known = head >= 1 && head as usize <= rows.len();
            doc.head.push(if known {
                first as u32 + head - 1
            } else {
                u32::MAX
            });
        }
        self.text.push('\n');
        out.comments.push(std::mem::take(comments));
        doc.sentences.push(Sentence {
            tokens: TokRange::new(Tok(first as u32), Tok(doc.lemma.len() as u32)),
            span: Span::new(start, end),
            paragraph: doc.sentences.len() as u32,
            analysed: true,
        });
    }

    /// Puts the text under the annotation.
    fn finish(self) -> Conllu {
        let mut out = self.out;
        let annotation = std::mem::take(&mut out.doc);
        let mut doc = Doc {
            text: self.text.into(),
            ..Doc::default()
        };
        for (sentence, info) in annotation.sentences.iter().enumerate() {
            for t in info.tokens.iter() {
                let (span, continues) = self.spans[t.idx()];
                doc.push_token(span, continues);
                doc.sentence_of[t.idx()] = sentence as u32;
            }
        }
        let base = doc.strings.len() as u32;
        doc.strings.push_str(&annotation.strings);
        doc.lemma = annotation
            .lemma
            .iter()
            .map(|&(a, b)| (a + base, b + base))
            .collect();
        doc.upos = annotation.upos;
        doc.xpos = annotation.xpos;
        doc.feats = annotation.feats;
        doc.deprel = annotation.deprel;
        doc.head = annotation.head;
        doc.sentences = annotation.sentences;
        for i in 0..doc.sentences.len() {
            doc.link(doc.sentences[i].tokens);
        }
        out.doc = doc;
        out
    }
}

fn relation(rel: &str) -> Deprel {
    Deprel::parse(rel)
        .or_else(|| Deprel::parse(rel.split(':').next().unwrap_or_default()))
        .unwrap_or(Deprel::Dep)
}

/// Writes sentences with the annotation that they have. `form` gives a word as it is to be
/// printed, `comments` what stands before a sentence (whole lines).
///
/// # Errors
/// Only those of `out`.
pub fn write<'a>(
    doc: &'a Doc,
    form: impl Fn(Tok) -> &'a str,
    comments: impl Fn(usize) -> String,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    for (index, sentence) in doc.sentences().iter().enumerate() {
        out.write_str(&comments(index))?;
        let tokens = sentence.tokens;
        let id = |t: Tok| t.0 - tokens.start.0 + 1;
        for t in tokens.iter() {
            let next = Tok(t.0 + 1);
            let is_glued = |t: Tok| tokens.contains(t) && doc.continues_word(t);
            let space = |t: Tok| {
                let next = Tok(t.0 + 1);
                if tokens.contains(next) && doc.span(t).end() == doc.span(next).start() {
                    "SpaceAfter=No"
                } else {
                    "_"
                }
            };
            if is_glued(next) && !doc.continues_word(t) {
                let mut last = next;
                while is_glued(Tok(last.0 + 1)) {
                    last = Tok(last.0 + 1);
                }
                write!(out, "{}-{}\t", id(t), id(last))?;
                for part in t.0..=last.0 {
                    out.write_str(form(Tok(part)))?;
                }
                writeln!(out, "\t_\t_\t_\t_\t_\t_\t_\t{}", space(last))?;
            }
            let inside = is_glued(t) || is_glued(next);
            write!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t",
                id(t),
                form(t),
                doc.lemma(t),
                doc.upos(t).as_str(),
                doc.xpos(t),
                doc.feats(t)
            )?;
            let misc = if inside { "_" } else { space(t) };
            match doc.head(t) {
                Some(head) => writeln!(out, "{}\t{}\t_\t{misc}", id(head), doc.deprel(t).as_str())?,
                None if sentence.analysed => writeln!(out, "0\troot\t_\t{misc}")?,
                None => writeln!(out, "_\t_\t_\t{misc}")?,
            }
        }
        out.write_char('\n')?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# text = They didn't flee.\n\
        1\tThey\tthey\tPRON\tPRP\tNumber=Plur|Person=3\t4\tnsubj\t_\t_\n\
        2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tdid\tdo\tAUX\tVBD\tTense=Past|VerbForm=Fin\t4\taux\t_\t_\n\
        3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n\
        4\tflee\tflee\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No\n\
        5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n";

    #[test]
    fn what_is_read_is_written_again() {
        let file = read(SAMPLE).expect("well-formed");
        assert_eq!(file.doc.text(), "They didn't flee. \n");
        assert_eq!(file.doc.head(Tok(0)), Some(Tok(3)));
        let mut out = String::new();
        write(
            &file.doc,
            |t| &file.forms[t.idx()],
            |s| file.comments[s].clone(),
            &mut out,
        )
        .expect("a string takes all");
        assert_eq!(out, SAMPLE);
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(read("# c\n1\tx\n").unwrap_err().line, 2);
        assert_eq!(
            read("2\ta\ta\tX\t_\t_\t0\troot\t_\t_\n")
                .unwrap_err()
                .problem,
            "an ID out of order"
        );
    }
}
