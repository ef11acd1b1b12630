//! What the training tasks learn with.

pub(crate) mod boost;
pub(crate) mod logistic;
pub(crate) mod newton;
