//! The client, before servers that do what they should not.

mod bounds;
mod faults;
mod faulty;
mod redirects;
