//! Mentions of actors, numbers, harm and speakers.

pub(crate) mod actors;
mod described;
mod fighters;
pub(crate) mod find_actors;
pub(crate) mod harm;
mod harmed;
mod inclusions;
pub(crate) mod kinds;
pub(crate) mod lists;
mod next_clause;
mod noun_group;
pub(crate) mod outlets;
pub(crate) mod parties;
mod press;
pub(crate) mod quantities;
pub(crate) mod same_voice;
pub(crate) mod source_kind;
pub(crate) mod speaker;
mod speech_verb;
mod states;
mod subjects;
mod tolls;
mod units;
mod unlisted;
pub(crate) mod voices;
