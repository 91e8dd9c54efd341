//! A seed → a writer's schema, a reader's, and data of the writer's.

use crate::oracle::random::model::Datum;
use crate::oracle::random::{self, Data, Model, Rng};

/// How many data there are of a pair of schemas.
const DATA: usize = 3;

/// Two schemas and data of the one.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) writer: Model,
    pub(crate) reader: Model,
    pub(crate) data: Vec<Datum>,
}

impl Case {
    /// The cases of a seed: two versions of a schema, and each reads what the other wrote.
    ///
    /// Java renames what an alias answers to throughout the writer's schema, also where something
    /// else has that name, so no alias is made that more than one thing answers to.
    pub(crate) fn of(seed: u64) -> [Self; 2] {
        let mut rng = Rng::new(seed);
        let old = random::schema(&mut rng).without_clashing_aliases();
        let new = random::evolved(&old, 78, &mut rng).without_clashing_aliases();
        let pairs = [(old.clone(), new.clone()), (new, old)];
        pairs.map(|pair| Self::with(pair, DATA, rng.bits()))
    }

    /// A writer's and a reader's schema, with so many data out of a seed; with none if a type has
    /// none, which no implementation but ours survives.
    pub(crate) fn with((writer, reader): (Model, Model), data: usize, seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let made = Data::of(&writer);
        let data = match writer.is_finite() && reader.is_finite() {
            true => data,
            false => 0,
        };
        let data = (0..data).filter_map(|_| made.datum(&writer.root, &mut rng));
        Self {
            data: data.collect(),
            writer,
            reader,
        }
    }
}
