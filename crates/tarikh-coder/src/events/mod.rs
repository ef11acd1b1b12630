//! Event mentions: the words that state an act, its roles, and whether it happened.

pub(crate) mod find;
pub(crate) mod modality;
pub(crate) mod reference;
pub(crate) mod roles;
pub(crate) mod senses;
