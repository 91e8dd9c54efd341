//! The Superhero record of hamba/avro's benchmark, as protobuf and borrowed by serde besides.

use serde::Deserialize;

use crate::generated::bench::{Superhero, Superpower};

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

/// The value that every peer is given.
pub fn hero() -> Superhero {
    let power = |id, name: &str, damage, energy, passive| Superpower {
        id,
        name: name.to_owned(),
        damage,
        energy,
        passive,
    };
    Superhero {
        id: 234_765,
        affiliation_id: 9_867,
        name: "Wolverine".to_owned(),
        life: 85.25,
        energy: 32.75,
        powers: vec![
            power(2_345, "Bone Claws", 5.0, 1.15, false),
            power(2_346, "Regeneration", -2.0, 0.55, true),
            power(2_347, "Adamant skeleton", -10.0, 0.0, true),
        ],
    }
}

/// The same for protobuf.
pub fn proto(hero: &Superhero) -> ProtoHero {
    let powers = hero.powers.iter().map(|power| ProtoPower {
        id: power.id,
        name: power.name.clone(),
        damage: power.damage,
        energy: power.energy,
        passive: power.passive,
    });
    ProtoHero {
        id: hero.id,
        affiliation_id: hero.affiliation_id,
        name: hero.name.clone(),
        life: hero.life,
        energy: hero.energy,
        powers: powers.collect(),
    }
}
