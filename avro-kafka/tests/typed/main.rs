//! The typed producer and consumer: exact bytes, and what happens when something is wrong.

mod consumer;
mod item;
mod producer;
mod registry;
mod whole_path;
