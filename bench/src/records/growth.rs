//! Values of any size: one part of the record is large, the others are empty.

use crate::generated::bench::{Growth, Part};

/// So many longs, of every length that they have in data.
pub fn longs(count: usize) -> Growth {
    let long = |i: usize| (i as i64).wrapping_mul(0x9e37_79b9) >> (i % 32);
    Growth {
        longs: (0..count).map(long).collect(),
        ..empty()
    }
}

/// So many strings.
pub fn strings(count: usize) -> Growth {
    Growth {
        strings: (0..count).map(|i| format!("string {:07}", i)).collect(),
        ..empty()
    }
}

/// So many records.
pub fn records(count: usize) -> Growth {
    let part = |i: usize| Part {
        id: (i % 10_000) as i32,
        name: format!("part {:07}", i),
        weight: i as f64 * 0.25,
        note: i.is_multiple_of(4).then(|| "of steel".to_owned()),
    };
    Growth {
        records: (0..count).map(part).collect(),
        ..empty()
    }
}

/// So many entries, whose keys come in no order.
pub fn map(count: usize) -> Growth {
    let key = |i: usize| format!("{:08x}", (i as u32).wrapping_mul(0x9e37_79b9));
    Growth {
        map: (0..count).map(|i| (key(i), i as i64)).collect(),
        ..empty()
    }
}

/// A text of this character, so many times.
pub fn text(character: char, count: usize) -> Growth {
    Growth {
        text: (0..count).map(|_| character).collect(),
        ..empty()
    }
}

fn empty() -> Growth {
    Growth {
        longs: Vec::new(),
        strings: Vec::new(),
        records: Vec::new(),
        map: Default::default(),
        text: String::new(),
    }
}
