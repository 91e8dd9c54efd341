//! Data whose schema is known at run time alone: for tools that print, convert and compare.
//!
//! A [`Schema`] is linked once. A [`Value`] is a datum with its schema; a [`DynamicReader`]
//! reads the data of one writer's schema as another, by the same plan as generated types.
//! Services use generated types, which are many times as fast.
//!
//! ```
//! use avro_runtime::dynamic::{DynamicReader, Schema, Value};
//!
//! let old = Schema::new(r#"{"type": "record", "name": "Item", "fields": [
//!     {"name": "quantity", "type": "int"}]}"#)?;
//! let new = Schema::new(r#"{"type": "record", "name": "Item", "fields": [
//!     {"name": "quantity", "type": "long"},
//!     {"name": "sku", "type": "string", "default": "?"}]}"#)?;
//! let datum = Value::from_json(&old, r#"{"quantity": 3}"#)?.to_datum();
//! let value = DynamicReader::new(&new, &old)?.read(&datum)?;
//! assert_eq!(value.to_json(), r#"{"quantity":3,"sku":"?"}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod binary;
mod compare;
mod json;
mod random;
mod reader;
mod schema;
mod value;

pub use reader::DynamicReader;
pub use schema::Schema;
pub use value::Value;
