//! The same record as the peers have it.

use serde::{Deserialize, Serialize};

/// For serde_avro_fast, owned.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SerdeHero {
    pub id: i32,
    pub affiliation_id: i32,
    pub name: String,
    pub life: f32,
    pub energy: f32,
    pub powers: Vec<SerdePower>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SerdePower {
    pub id: i32,
    pub name: String,
    pub damage: f32,
    pub energy: f32,
    pub passive: bool,
}

/// For serde_avro_fast, borrowed from the datum.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct SerdeHeroRef<'a> {
    pub id: i32,
    pub affiliation_id: i32,
    #[serde(borrow)]
    pub name: &'a str,
    pub life: f32,
    pub energy: f32,
    #[serde(borrow)]
    pub powers: Vec<SerdePowerRef<'a>>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct SerdePowerRef<'a> {
    pub id: i32,
    #[serde(borrow)]
    pub name: &'a str,
    pub damage: f32,
    pub energy: f32,
    pub passive: bool,
}

/// For prost: the same fields with protobuf's zig-zag integers.
#[derive(Clone, PartialEq, prost::Message)]
pub struct ProtoHero {
    #[prost(sint32, tag = "1")]
    pub id: i32,
    #[prost(sint32, tag = "2")]
    pub affiliation_id: i32,
    #[prost(string, tag = "3")]
    pub name: String,
    #[prost(float, tag = "4")]
    pub life: f32,
    #[prost(float, tag = "5")]
    pub energy: f32,
    #[prost(message, repeated, tag = "6")]
    pub powers: Vec<ProtoPower>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub struct ProtoPower {
    #[prost(sint32, tag = "1")]
    pub id: i32,
    #[prost(string, tag = "2")]
    pub name: String,
    #[prost(float, tag = "3")]
    pub damage: f32,
    #[prost(float, tag = "4")]
    pub energy: f32,
    #[prost(bool, tag = "5")]
    pub passive: bool,
}
