//! Schema resolution: data of one writer's schema, read as a type with another
//! (specification 1.12, "Schema Resolution").
//!
//! A [`Resolver`] is made once per writer's schema. Where that is the type's own, the direct
//! decoder runs and nothing is added. Any other writer's schema is compiled into a plan: per record
//! a list of steps (read this field, skip, take the default) that the type's
//! [`resolve_into`](crate::Decode::resolve_into) runs in place, without a value in between; the
//! direct decoder runs wherever a part of the two schemas is the same.
//!
//! | what differs | what happens |
//! |---|---|
//! | order of fields, fields that only the writer has | read in the writer's order, skipped unread |
//! | fields that only the reader has | the reader's default |
//! | names | unqualified names are compared, then the reader's aliases |
//! | int, long, float, double; string, bytes | promoted |
//! | symbols that the reader's enum lacks | its default, else an error of that datum |
//! | branches of a union | the reader's of the same fullname or type, else by alias, else by unqualified name, else the first that it can be promoted to; none is an error of that datum |
//! | milliseconds, microseconds, nanoseconds | converted exactly, else an error of that datum |
//! | the scale of a decimal | rescaled exactly, else an error of that datum |
//! | two other logical types | refused when the resolver is made |
//! | a logical type on one side alone | the reader's meaning |
//!
//! ```no_run
//! # fn f<T: avro_runtime::AvroSchema>(schema: &str, datum: &[u8]) -> Result<T, Box<dyn std::error::Error>> {
//! let resolver = avro_runtime::Resolver::<T>::new(schema)?;
//! let value = resolver.decode(datum)?;
//! # Ok(value) }
//! ```

mod compile;
mod compiled;
mod error;
mod plan;
mod resolver;
mod skip;

#[cfg(feature = "json")]
pub(crate) use compiled::Compiled;
pub use error::{NoneOf, ResolveError, Unresolvable};
pub(crate) use plan::Scales;
pub use plan::{Items, Plan};
pub use resolver::{Resolver, writer_name};
pub(crate) use resolver::{linked, root};
