//! The coder: from an annotated report to its record.
//!
//! [`Coder`] reads a [`tarikh_text::Report`] in layers (tokens, time, places, actors, numbers, voices,
//! event mentions), folds the mentions into incidents and writes a [`tarikh_record::Coding`]. What it
//! knows lives in `data/`; what it does with it is in the modules below.

mod codebook;
mod coder;
pub mod confidence;
mod covered;
mod events;
mod gate;
mod houses;
mod incidents;
mod knowledge;
mod mentions;
mod reading;
mod ships;
mod surnames;
mod tree;
mod warnings;

pub use coder::{Coder, Options, OptionsError, Workspace};
pub use knowledge::user_actors::{ActorsError, ActorsFile};
