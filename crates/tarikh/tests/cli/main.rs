//! The real program on real files: what it reads, refuses, writes, and how it ends.

mod bad_input;
mod codebook;
mod desk;
mod gazetteer;
mod output;
mod parse;
mod release;
mod serve;
mod support;
mod usage;
