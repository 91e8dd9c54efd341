//! The built command as scripts and people meet it: what it writes, and how it exits.

mod breaking;
mod check;
mod compat;
mod data;
mod diff;
mod explain;
mod freeze;
mod generate;
mod help;
mod hostile;
mod invocation;
mod one_schema;
mod run;
