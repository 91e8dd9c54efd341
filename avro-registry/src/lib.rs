//! Schemas by subject, version, id and GUID: the schema registry that Kafka's producers and consumers share.
//!
//! [`SchemaRegistry`] is what a producer or consumer needs of a registry. [`HttpRegistry`] speaks
//! to one with Confluent's API (Confluent, Karapace, Apicurio), [`CachedRegistry`] stands before
//! another and asks it once per schema, and with the feature `server` the module `server` holds a
//! registry in the process.
//!
//! | feature | brings |
//! |---|---|
//! | `rustls`, `native-tls` | https, by either; without them no TLS stack is compiled |
//! | `server` | the registry in the process, on axum |
//! | `schema_registry_converter` | `ConverterRegistry`: a registry by that crate's settings |
//!
//! ```no_run
//! use std::sync::Arc;
//! use avro_registry::{CachedRegistry, HttpRegistry, SchemaRegistry};
//!
//! # async fn example() -> Result<(), avro_registry::RegistryError> {
//! let http = HttpRegistry::new("http://localhost:8081")?;
//! let registry: Arc<dyn SchemaRegistry> = Arc::new(CachedRegistry::new(Arc::new(http), 1000));
//! let ids = registry.register("orders-value", r#""string""#).await?;
//! assert_eq!(&*registry.schema_by_id(ids.id).await?, r#""string""#);
//! # Ok(())
//! # }
//! ```

mod cache;
#[cfg(feature = "schema_registry_converter")]
mod converter;
mod error;
mod http;
mod identifier;
mod references;
mod registry;
#[cfg(feature = "server")]
pub mod server;
mod text;

pub use cache::CachedRegistry;
#[cfg(feature = "schema_registry_converter")]
pub use converter::ConverterRegistry;
pub use error::{ErrorKind, RegistryError};
pub use http::{HttpRegistry, HttpRegistryBuilder};
pub use identifier::{Guid, SchemaId, SchemaIdentifier, SchemaIds};
pub use registry::{Reference, Registered, SchemaRegistry, Version};
