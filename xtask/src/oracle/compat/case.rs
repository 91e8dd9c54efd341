//! A seed → two schemas, as text.

use serde::Serialize;

use crate::oracle::random::{self, Model, Rng, Style};

/// Two versions of a schema.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) old: Model,
    pub(super) new: Model,
    /// How both are written.
    style: (Style, Style),
    /// Out of what a mistake in the new one is made, if one is.
    mistake: Option<u64>,
}

/// What a peer is asked about a case.
#[derive(Debug, Serialize)]
pub(super) struct Question {
    ask: &'static str,
    pub(super) old: String,
    pub(super) new: String,
    /// What is wrong with the new one: what it is about, and what it is.
    #[serde(skip)]
    pub(super) mistake: Option<(&'static str, &'static str)>,
}

impl Case {
    /// The case of a seed; in a few, the two have nothing to do with each other.
    pub(super) fn of(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let old = random::schema(&mut rng);
        let new = match rng.chance(4) {
            true => random::schema(&mut rng),
            false => random::evolved(&old, 55, &mut rng),
        };
        let style = (Style::Varied(rng.bits()), Style::Varied(rng.bits()));
        let mistake = rng.chance(12).then(|| rng.bits());
        Self {
            old,
            new,
            style,
            mistake,
        }
    }

    /// Other schemas, written alike.
    pub(super) fn with(&self, old: Model, new: Model) -> Self {
        Self {
            old,
            new,
            ..self.clone()
        }
    }

    /// The same, written plainly.
    pub(super) fn plain(&self) -> Self {
        Self {
            style: (Style::Plain, Style::Plain),
            ..self.clone()
        }
    }

    /// Its texts.
    pub(super) fn question(&self) -> Question {
        let new = random::text(&self.new, self.style.1);
        let mistaken = self
            .mistake
            .and_then(|seed| random::mistaken(&new, &mut Rng::new(seed)));
        let (new, mistake) = match mistaken {
            Some((text, mistake)) => (text, Some(mistake)),
            None => (new, None),
        };
        Question {
            ask: "compatibility",
            old: random::text(&self.old, self.style.0),
            new,
            mistake,
        }
    }
}
