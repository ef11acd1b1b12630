//! What the case runner is made of: the format of a case, and the comparison with a coding.

pub(crate) mod compare;
pub(crate) mod format;
