//! `cargo xtask eval muc4`: incident templates of the Fourth Message Understanding Conference.
//!
//! The conference wanted attacks on civil life in nine Latin American countries, not the war
//! between soldiers and guerrillas: a coding scheme of its own, which the layer of learned roles
//! knows from its training side. [`template`] groups what that layer finds, and adds day and place.

mod setting;
mod template;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tarikh_place::{Gazetteer, Hints, Resolver};
use tarikh_roles::{Role, Roles};
use tarikh_syntax::{Analyzer, Sent, TokRange, Workspace};
use tarikh_text::{Metadata, Report};
use tarikh_time::{Context, Recognizer};

use self::setting::Setting;
use self::template::{Template, templates};
use crate::eval::{self, Options};

/// A line of the benchmark; the templates matter by their presence alone.
#[derive(Deserialize)]
struct Line {
    id: String,
    dateline_date: Option<Date>,
    text: String,
    templates: Option<serde::de::IgnoredAny>,
}

/// A line of predictions.
#[derive(Serialize)]
struct Prediction {
    id: String,
    templates: Vec<Template>,
}

/// The layers that templates are read from.
struct Layers {
    analyzer: Analyzer,
    recognizer: Recognizer,
    gazetteer: Gazetteer,
    roles: Roles,
}

/// Reads the inputs; writes templates and, where the inputs carry gold, prints the scorer's tables.
///
/// # Errors
/// If the inputs cannot be read, the predictions not be written, or the scorer fails.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let layers = Layers {
        analyzer: Analyzer::new(),
        recognizer: Recognizer::new(),
        gazetteer: Gazetteer::embedded(),
        roles: Roles::embedded(),
    };
    eval::run(
        "muc4",
        options,
        |line: &Line| line.templates.is_some(),
        |lines| {
            Ok(lines
                .par_iter()
                .map_init(Workspace::default, |workspace, line| {
                    layers.predict(line, workspace)
                })
                .collect())
        },
        eval::gold_then_predictions,
    )
}

impl Layers {
    fn predict(&self, line: &Line, workspace: &mut Workspace) -> Prediction {
        let report = report(line);
        let mut doc = self.analyzer.tokenize(&report);
        let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
        self.analyzer.analyse(&mut doc, &sentences, workspace);
        let context = Context {
            published: line.dateline_date,
            ..Context::default()
        };
        let reading = self.roles.read(&doc);
        let people = reading
            .parties
            .iter()
            .filter(|p| p.role == Role::VictimName);
        let people: Vec<TokRange> = people.flat_map(|p| p.mentions.iter().copied()).collect();
        let hints = Hints {
            masked: &people,
            dateline: report.dateline().map(|d| d.place),
            ..Hints::default()
        };
        let setting = Setting {
            doc: &doc,
            dateline: line.dateline_date,
            times: self.recognizer.find(&doc, &context),
            places: Resolver::new(&self.gazetteer).find(&doc, &hints),
        };
        Prediction {
            id: line.id.clone(),
            templates: templates(&reading, &setting),
        }
    }
}

fn report(line: &Line) -> Report {
    let metadata = Metadata {
        id: line.id.clone(),
        published: line.dateline_date,
        language: Some("en".into()),
        ..Metadata::default()
    };
    Report::new(metadata, &line.text)
}
