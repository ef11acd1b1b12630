//! The format of a case, as `cases/README.md` describes it.

use tarikh_text::Metadata;

/// One rule with a report and what a coder must take from it.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) heading: String,
    /// One-based line of the heading.
    pub(crate) line: usize,
    pub(crate) metadata: Metadata,
    /// The report's text, without the lines of marks.
    pub(crate) text: String,
    pub(crate) marks: Vec<Mark>,
    pub(crate) expected: Expected,
    /// Kinds of context statements that must be found.
    pub(crate) context: Vec<String>,
    /// Why the case is expected to fail today.
    pub(crate) known_gap: Option<String>,
}

/// Words that must appear among the evidence of a field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) field: String,
    /// First code point of the text, zero-based.
    pub(crate) start: u32,
    /// One past the last code point.
    pub(crate) end: u32,
}

/// The expected incidents: one row each, one cell per listed field.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pub(crate) fields: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// Reads the cases of one Markdown file; the error names the line.
pub(crate) fn parse(markdown: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Draft> = Vec::new();
    let mut block: Option<Vec<&str>> = None;
    let mut foreign_block = false;
    for (n, line) in markdown.lines().enumerate() {
        let at = |problem: String| format!("line {}: {problem}", n + 1);
        let word = line.trim();
        if foreign_block {
            foreign_block = word != "```";
            continue;
        }
        if let Some(lines) = &mut block {
            if word == "```" {
                let lines = block.take().unwrap_or_default();
                let draft = cases
                    .last_mut()
                    .ok_or_else(|| at("block before the first heading".into()))?;
                draft.report = Some(parse_report(&lines).map_err(at)?);
            } else {
                lines.push(line);
            }
        } else if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Draft::new(heading.trim(), n + 1));
        } else if word == "```report" {
            block = Some(Vec::new());
        } else if word.starts_with("```") {
            foreign_block = true;
        } else if let Some(draft) = cases.last_mut() {
            draft.read_line(word).map_err(at)?;
        }
    }
    if block.is_some() || foreign_block {
        return Err("the last block is not closed".into());
    }
    cases.into_iter().map(Draft::finish).collect()
}

/// A case whose parts are still coming in.
#[derive(Debug)]
struct Draft {
    heading: String,
    line: usize,
    report: Option<ReportBlock>,
    expected: Option<Expected>,
    context: Vec<String>,
    known_gap: Option<String>,
}

impl Draft {
    fn new(heading: &str, line: usize) -> Self {
        Self {
            heading: heading.to_owned(),
            line,
            report: None,
            expected: None,
            context: Vec::new(),
            known_gap: None,
        }
    }

    /// Reads a line outside blocks; prose says nothing to the runner.
    fn read_line(&mut self, line: &str) -> Result<(), String> {
        if line == "No incident." {
            self.expected = Some(Expected::default());
        } else if let Some(kinds) = line.strip_prefix("Context:") {
            self.context = list(kinds);
        } else if let Some(reason) = line.strip_prefix("Known gap:") {
            self.known_gap = Some(reason.trim().to_owned());
        } else if line.starts_with('|') {
            let cells = cells(line);
            let Some(expected) = &mut self.expected else {
                self.expected = Some(Expected {
                    fields: cells,
                    rows: Vec::new(),
                });
                return Ok(());
            };
            if cells.len() != expected.fields.len() {
                return Err(format!(
                    "{} cells under {} columns",
                    cells.len(),
                    expected.fields.len()
                ));
            }
            if !cells.iter().all(|c| is_rule(c)) {
                expected.rows.push(cells);
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Case, String> {
        let missing =
            |what: &str| format!("line {}: \"{}\" has no {what}", self.line, self.heading);
        let ReportBlock {
            metadata,
            text,
            marks,
        } = self.report.ok_or_else(|| missing("report block"))?;
        let expected = self
            .expected
            .ok_or_else(|| missing("table of incidents and no line \"No incident.\""))?;
        if !expected.fields.is_empty() && expected.rows.is_empty() {
            return Err(missing("row in its table"));
        }
        Ok(Case {
            heading: self.heading,
            line: self.line,
            metadata,
            text,
            marks,
            expected,
            context: self.context,
            known_gap: self.known_gap,
        })
    }
}

#[derive(Debug)]
struct ReportBlock {
    metadata: Metadata,
    text: String,
    marks: Vec<Mark>,
}

fn parse_report(lines: &[&str]) -> Result<ReportBlock, String> {
    // Short texts defy language detection: a case is English unless it says otherwise.
    let mut metadata = Metadata {
        language: Some("en".to_owned()),
        ..Metadata::default()
    };
    let mut body = lines;
    while let [first, rest @ ..] = body
        && let Some((key, value)) = header(first)
    {
        match key {
            "published" => {
                let date = value
                    .parse()
                    .map_err(|_| format!("{value} is not a date"))?;
                metadata.published = Some(date);
            }
            "title" => metadata.title = Some(value.to_owned()),
            "outlet" => metadata.outlet = Some(value.to_owned()),
            _ => metadata.language = Some(value.to_owned()),
        }
        body = rest;
    }
    let (text, marks) = parse_text(body)?;
    Ok(ReportBlock {
        metadata,
        text,
        marks,
    })
}

fn header(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(": ")?;
    matches!(key, "published" | "title" | "outlet" | "language").then(|| (key, value.trim()))
}

/// Separates the text from the marks under its lines.
fn parse_text(lines: &[&str]) -> Result<(String, Vec<Mark>), String> {
    let mut text = String::new();
    let mut n_chars = 0;
    let mut marks = Vec::new();
    // First code point and length of the last line of text: what the marks below it count from.
    let mut last = (0, 0);
    for line in lines {
        if line.trim_start().starts_with('^') {
            for (field, start, end) in line_marks(line)? {
                if end > last.1 {
                    return Err(format!("the mark {field} reaches beyond its line"));
                }
                marks.push(Mark {
                    field,
                    start: (last.0 + start) as u32,
                    end: (last.0 + end) as u32,
                });
            }
        } else if !(text.is_empty() && line.trim().is_empty()) {
            if !text.is_empty() {
                text.push('\n');
                n_chars += 1;
            }
            let len = line.chars().count();
            last = (n_chars, len);
            text.push_str(line);
            n_chars += len;
        }
    }
    Ok((text, marks))
}

/// The marks of one line: field, first column, one past the last column.
fn line_marks(line: &str) -> Result<Vec<(String, usize, usize)>, String> {
    let chars: Vec<char> = line.chars().collect();
    let run = |from: usize, wanted: fn(char) -> bool| {
        chars[from..]
            .iter()
            .position(|&c| !wanted(c))
            .map_or(chars.len(), |n| from + n)
    };
    let mut marks = Vec::new();
    let mut at = run(0, |c| c == ' ');
    while at < chars.len() {
        let end = run(at, |c| c == '^');
        let label = run(end, |c| c == ' ');
        let label_end = run(label, |c| c != ' ');
        if end == at || label != end + 1 || label_end == label {
            return Err(format!(
                "column {}: a mark is a run of ^, one space and a field",
                at + 1
            ));
        }
        marks.push((chars[label..label_end].iter().collect(), at, end));
        at = run(label_end, |c| c == ' ');
    }
    Ok(marks)
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(|c| c.trim().to_owned()).collect()
}

/// Whether a cell belongs to the line under a table's header.
fn is_rule(cell: &str) -> bool {
    cell.contains("--") && cell.chars().all(|c| matches!(c, '-' | ':'))
}

/// Splits a list as cells write it.
pub(crate) fn list(cell: &str) -> Vec<String> {
    cell.split("; ")
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(markdown: &str) -> Case {
        let mut cases = parse(markdown).expect("the case is well formed");
        assert_eq!(cases.len(), 1, "{cases:?}");
        cases.remove(0)
    }

    fn refused(markdown: &str, problem: &str) {
        let error = parse(markdown).expect_err("the case is not well formed");
        assert!(error.contains(problem), "{error}");
    }

    #[test]
    fn reads_all_parts() {
        let case = one(
            "# Title\n\nProse.\n\n## A rule\n\nRule: 3.\n\n```report\npublished: 2024-03-05\n\
             title: Arbel: two dead\n\nTwo died.\n\nNobody saw it.\n```\n\n| killed.best | side_b |\n\
             | --- | --- |\n| 2 | [] |\n\nContext: running_total; background\nKnown gap: no reason\n",
        );
        assert_eq!((case.heading.as_str(), case.line), ("A rule", 5));
        assert_eq!(case.metadata.title.as_deref(), Some("Arbel: two dead"));
        assert_eq!(
            case.metadata.published.map(|d| d.to_string()).as_deref(),
            Some("2024-03-05")
        );
        assert_eq!(case.text, "Two died.\n\nNobody saw it.");
        assert_eq!(case.expected.fields, ["killed.best", "side_b"]);
        assert_eq!(case.expected.rows, [["2", "[]"]]);
        assert_eq!(case.context, ["running_total", "background"]);
        assert_eq!(case.known_gap.as_deref(), Some("no reason"));
    }

    #[test]
    fn marks_count_code_points_of_the_text() {
        let case = one(
            "## A rule\n```report\nSévaré fell.\nTwo men died in it.\n^^^ killed.best  \n    ^^^ side_b  \
             ^^ evidence\n```\nNo incident.\n",
        );
        assert_eq!(case.text, "Sévaré fell.\nTwo men died in it.");
        let found: Vec<(&str, String)> = case
            .marks
            .iter()
            .map(|m| {
                let n = (m.end - m.start) as usize;
                (
                    m.field.as_str(),
                    case.text.chars().skip(m.start as usize).take(n).collect(),
                )
            })
            .collect();
        assert_eq!(found[0], ("killed.best", "Two".to_owned()));
        assert_eq!(found[1], ("side_b", "men".to_owned()));
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn refuses_what_cannot_be_checked() {
        refused(
            "## A rule\n```report\nWords.\n```\n",
            "no table of incidents",
        );
        refused("## A rule\nNo incident.\n", "no report block");
        refused("## A rule\n```report\nWords.\n", "not closed");
        refused(
            "## A rule\n```report\nWords.\n```\n| a | b |\n|---|---|\n",
            "no row",
        );
        refused(
            "## A rule\n```report\nWords.\n```\n| a | b |\n|---|---|\n| 1 |\n",
            "1 cells under 2",
        );
        refused(
            "## A rule\n```report\nWords.\n^^^^^^^^^^ killed\n```\n",
            "beyond its line",
        );
        refused(
            "## A rule\n```report\nWords.\n^^^killed\n```\n",
            "a run of ^",
        );
        refused(
            "## A rule\n```report\npublished: Monday\n```\n",
            "not a date",
        );
    }
}
