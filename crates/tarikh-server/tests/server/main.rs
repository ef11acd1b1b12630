//! The desk as its clients meet it: requests to the routes, and some over a real socket.

mod accounts;
mod blind;
mod description;
mod reading;
mod review;
mod security;
mod socket;
mod streams;
mod support;
