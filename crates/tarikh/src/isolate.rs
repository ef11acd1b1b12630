//! A panic costs the report that caused it and no other.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

thread_local! {
    /// Where this thread panicked last, kept by the hook for the message.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A panic that was caught: a fault of the program, not of the report.
#[derive(Debug)]
pub(crate) struct Panic {
    message: String,
    place: Option<String>,
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        match &self.place {
            Some(place) => write!(f, " ({place})"),
            None => Ok(()),
        }
    }
}

/// Keeps panics from printing themselves: each is told with its report's name instead.
pub(crate) fn silence_panics() {
    panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let place = info.location().map(ToString::to_string);
        PLACE.with_borrow_mut(|kept| *kept = place);
    }));
}

/// Runs something that should not panic, and catches it if it does. State that `work` changes
/// must not be used again after an error.
pub(crate) fn isolate<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| Panic {
        message: message(payload.as_ref()),
        place: PLACE.with_borrow_mut(Option::take),
    })
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_are_caught_with_their_words() {
        let number = 7;
        let caught = isolate(|| assert!(number == 8, "expected eight, found {number}"));
        assert_eq!(
            caught.map_err(|p| p.message),
            Err("expected eight, found 7".to_owned())
        );
        assert_eq!(isolate(|| number).ok(), Some(7));
    }
}
