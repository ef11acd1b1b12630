//! `tarikh decide`: the decisions of the desk from the command line.

use std::io::Write;

use anyhow::Context;
use serde_json::Value;
use tarikh_record::Member;
use tarikh_store::{Access, Action, NewDecision, Store, StoreError};

use crate::output::Output;
use crate::serve_args::{DecideArgs, DecisionArg};
use crate::{Outcome, database};

pub(crate) fn run(args: DecideArgs) -> anyhow::Result<Outcome> {
    let by = args.decision.by();
    let mut store = database::open(&by.db, Access::write())?;
    let (who, why) = (by.who.clone(), by.why.clone());
    let (incident, action) = decision(args.decision, &store)?;
    let new = NewDecision {
        incident,
        action,
        who,
        why,
    };
    let number = store.decide(&new, database::now())?;
    let made = store.decision(number)?;
    let incident = store.resolve(&made.incident).unwrap_or(made.incident);
    let mut output = Output::open(None)?;
    writeln!(output, "decision {number} on {incident}").with_context(|| output.error())?;
    output.commit()?;
    Ok(Outcome::Complete)
}

/// The incident and what is done with it; to undo, the incident is the decision's own.
fn decision(asked: DecisionArg, store: &Store) -> anyhow::Result<(String, Action)> {
    let mentions = Vec::new();
    Ok(match asked {
        DecisionArg::Accept { incident, .. } => (incident, Action::Accept),
        DecisionArg::Reject { incident, .. } => (incident, Action::Reject),
        DecisionArg::Change {
            incident,
            field,
            value,
            ..
        } => {
            let value = json(&value);
            (incident, Action::Change { field, value })
        }
        DecisionArg::Judge {
            incident,
            field,
            value,
            ..
        } => {
            let value = json(&value);
            (incident, Action::Judge { field, value })
        }
        DecisionArg::Split {
            incident, accounts, ..
        } => {
            let members = store.incident(&incident)?.members;
            let is =
                |account: &String, m: &Member| *account == m.mention || *account == m.report.key;
            if let Some(strange) = accounts.iter().find(|a| !members.iter().any(|m| is(a, m))) {
                let message = format!("{incident} has no account {strange}");
                return Err(StoreError::Invalid(message).into());
            }
            let named = members
                .into_iter()
                .filter(|m| accounts.iter().any(|a| is(a, m)));
            let mentions = named.map(|member| member.mention).collect();
            (incident, Action::Split { mentions })
        }
        DecisionArg::Merge {
            incident, other, ..
        } => (incident, Action::Merge { other, mentions }),
        DecisionArg::KeepApart {
            incident, other, ..
        } => (incident, Action::KeepApart { other, mentions }),
        DecisionArg::Background { incident, not, .. } => {
            let is_background = !not;
            (incident, Action::Background { is_background })
        }
        DecisionArg::Undo { decision, .. } => (String::new(), Action::Undo { decision }),
    })
}

/// JSON where it is some, else the words as they stand.
fn json(written: &str) -> Value {
    serde_json::from_str(written).unwrap_or_else(|_| Value::from(written))
}
