//! How much of an input is ever held in memory.

/// Largest report, in bytes of text or of its web page: 8 MiB, some 1.3 million words.
pub const MAX_REPORT_BYTES: usize = 8 << 20;

/// Longest line of a JSONL file, in bytes. Four times a report, since JSON may write a letter as
/// `\u00e9`.
pub const MAX_LINE_BYTES: usize = 4 * MAX_REPORT_BYTES;

/// Largest `.json` file, in bytes: unlike JSONL it is read as a whole.
pub const MAX_JSON_BYTES: usize = 64 << 20;
