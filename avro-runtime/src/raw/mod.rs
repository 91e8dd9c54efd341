//! The only module of the crate that may contain `unsafe`: what the compiler cannot prove and the
//! benchmarks pay for. Nothing here can be misused by safe code, whatever it does.
#![allow(unsafe_code)]

mod copy;
mod floats;
#[cfg(feature = "bytes")]
mod held;
mod room;
#[cfg(feature = "json")]
mod sixteen;
#[cfg(feature = "json")]
mod text;
mod utf8;

pub(crate) use copy::{to_string, to_vec};
pub(crate) use floats::{each_bytes, extend};
#[cfg(feature = "bytes")]
pub(crate) use held::Held;
pub(crate) use room::Room;
#[cfg(feature = "json")]
pub(crate) use sixteen::{others_than_digits, specials};
#[cfg(feature = "json")]
pub(crate) use text::TextRoom;
pub(crate) use utf8::check;
