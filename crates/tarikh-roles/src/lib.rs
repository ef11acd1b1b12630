//! Learned roles: which words of a report name those who attacked, what and whom they attacked, and
//! with what.
//!
//! [`Roles::read`] takes an analysed [`tarikh_syntax::Doc`] and gives scored parties, each with its
//! places in the text. The model was trained on the templates of the fourth Message Understanding
//! Conference; the rules of the coder remain the explanation of a record, and this layer is a second
//! opinion beside them. `cargo xtask train roles` makes the weights.

pub mod acts;
pub mod candidates;
pub mod choice;
pub mod features;
mod hash;
pub mod labels;
mod model;
pub mod spans;
pub mod topics;
pub mod trees;

pub use labels::Role;
pub use model::{FILES, Party, Reading, Roles, STEPS};
