//! The store as its users see it: what goes in stays, what people decide wins, and all that is
//! derived can be built again.

mod decisions;
mod failures;
mod histories;
mod reports;
mod support;
