//! The Superhero record of hamba/avro's benchmark, beside serde_avro_fast and prost on the same
//! data, in one run: `cargo run --release`.

mod measure;
mod peers;
mod superhero;

use std::hint::black_box;
use std::mem;

use avro_runtime::AvroSchema;
use measure::{Variant, table};
use peers::{ProtoHero, ProtoPower, SerdeHero, SerdeHeroRef, SerdePower};
use prost::Message;
use serde_avro_fast::Schema;
use serde_avro_fast::ser::SerializerConfig;
use superhero::{Superhero, Superpower};

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let hero = hero();
    let schema: Schema = Superhero::SCHEMA.parse()?;
    let (serde, proto) = (serde_hero(&hero), proto_hero(&hero));
    let datum = avro_runtime::to_datum(&hero)?;
    let message = proto.encode_to_vec();
    check(&hero, &datum, &schema)?;

    println!(
        "Superhero: {} bytes as Avro, {} as protobuf",
        datum.len(),
        message.len()
    );
    println!("ratio: the median over the rounds of this variant's time by the first variant's\n");
    encode(&hero, &serde, &proto, &schema);
    owned(&hero, &datum, &message, &schema);
    borrowed(&datum, &schema);
    reused(&hero, &proto, &datum, &message);
    Ok(())
}

/// Ours and serde_avro_fast's bytes and values must be the same before any of them is measured.
fn check(hero: &Superhero, datum: &[u8], schema: &Schema) -> Result<(), Error> {
    assert_eq!(
        datum.len(),
        100,
        "the record of the benchmark has 100 bytes"
    );
    let serde = serde_hero(hero);
    let theirs = serde_avro_fast::to_datum_vec(&serde, &mut SerializerConfig::new(schema))?;
    assert_eq!(datum, theirs);
    assert_eq!(
        serde_avro_fast::from_datum_slice::<SerdeHero>(datum, schema)?,
        serde
    );
    assert_eq!(&avro_runtime::from_datum::<Superhero>(datum)?, hero);
    let view = avro_runtime::view_datum::<Superhero>(datum)?;
    assert_eq!(&avro_runtime::View::own(&view), hero);
    let proto = proto_hero(hero);
    assert_eq!(ProtoHero::decode(proto.encode_to_vec().as_slice())?, proto);
    Ok(())
}

fn print(lines: Vec<String>) {
    for line in lines {
        println!("{line}");
    }
    println!();
}

fn encode(hero: &Superhero, serde: &SerdeHero, proto: &ProtoHero, schema: &Schema) {
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    let mut protobuf = Vec::new();
    let mut config = SerializerConfig::new(schema);
    print(table(
        "encode, buffer reused",
        vec![
            Variant::new("avro-runtime", || {
                ours.clear();
                avro_runtime::encode_into(black_box(hero), &mut ours).expect("valid");
                ours.len()
            }),
            Variant::new("serde_avro_fast", || {
                theirs.clear();
                let buffer = mem::take(&mut theirs);
                theirs = serde_avro_fast::to_datum(black_box(serde), buffer, &mut config)
                    .expect("valid");
                theirs.len()
            }),
            Variant::new("prost", || {
                protobuf.clear();
                black_box(proto)
                    .encode(&mut protobuf)
                    .expect("a vector grows");
                protobuf.len()
            }),
            Variant::new("encoded_len", || {
                avro_runtime::Encode::encoded_len(black_box(hero)).expect("valid")
            }),
        ],
    ));
}

fn owned(hero: &Superhero, datum: &[u8], message: &[u8], schema: &Schema) {
    print(table(
        "decode, owned",
        vec![
            Variant::new("avro-runtime", || {
                avro_runtime::from_datum::<Superhero>(black_box(datum)).expect("valid")
            }),
            Variant::new("serde_avro_fast", || {
                serde_avro_fast::from_datum_slice::<SerdeHero>(black_box(datum), schema)
                    .expect("valid")
            }),
            Variant::new("prost", || {
                ProtoHero::decode(black_box(message)).expect("valid")
            }),
            Variant::new("clone of the value", || black_box(hero).clone()),
        ],
    ));
}

fn borrowed(datum: &[u8], schema: &Schema) {
    print(table(
        "decode, borrowed",
        vec![
            Variant::new("avro-runtime", || {
                avro_runtime::view_datum::<Superhero>(black_box(datum)).expect("valid")
            }),
            Variant::new("serde_avro_fast", || {
                serde_avro_fast::from_datum_slice::<SerdeHeroRef<'_>>(black_box(datum), schema)
                    .expect("valid")
            }),
        ],
    ));
}

fn reused(hero: &Superhero, proto: &ProtoHero, datum: &[u8], message: &[u8]) {
    let mut ours = hero.clone();
    let mut protobuf = proto.clone();
    print(table(
        "decode into a reused value",
        vec![
            Variant::new("avro-runtime", || {
                avro_runtime::decode_into(&mut ours, black_box(datum)).expect("valid");
                ours.powers.len()
            }),
            Variant::new("prost", || {
                protobuf.clear();
                protobuf.merge(black_box(message)).expect("valid");
                protobuf.powers.len()
            }),
        ],
    ));
}

fn hero() -> Superhero {
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

fn serde_hero(hero: &Superhero) -> SerdeHero {
    let powers = hero.powers.iter().map(|power| SerdePower {
        id: power.id,
        name: power.name.clone(),
        damage: power.damage,
        energy: power.energy,
        passive: power.passive,
    });
    SerdeHero {
        id: hero.id,
        affiliation_id: hero.affiliation_id,
        name: hero.name.clone(),
        life: hero.life,
        energy: hero.energy,
        powers: powers.collect(),
    }
}

fn proto_hero(hero: &Superhero) -> ProtoHero {
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
