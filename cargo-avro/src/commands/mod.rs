//! One file for each command: its arguments, its help, and what it does.

pub(crate) mod breaking;
pub(crate) mod bundle;
pub(crate) mod canonical;
pub(crate) mod check;
pub(crate) mod compat;
pub(crate) mod completions;
mod data;
pub(crate) mod decode;
pub(crate) mod diff;
pub(crate) mod encode;
pub(crate) mod explain;
pub(crate) mod fingerprint;
pub(crate) mod freeze;
pub(crate) mod generate;
pub(crate) mod lint;
mod one;
