//! What cannot be read or cannot be meant, all of it reported in one run.

use avro_runtime::Validate;

#[derive(Validate)]
#[validate(non_empty)]
struct Order {
    #[validate(positive)]
    id: i64,
    #[validate(range)]
    a: i64,
    #[validate(range(least = 1))]
    b: i64,
    #[validate(range(min = 1, min = 2))]
    c: i64,
    #[validate(range())]
    d: i64,
    #[validate(range(min = 10, max = -1))]
    e: i64,
    #[validate(length(min = -1, max = 2.5))]
    f: String,
    #[validate(pattern = "[A-Z")]
    g: String,
    #[validate(pattern = 7)]
    h: String,
    #[validate(nested, nested)]
    i: Vec<Item>,
    #[validate(skip)]
    j: i32,
    #[validate(rename = "k", rename = "l")]
    k: i32,
}

#[derive(Validate)]
enum Item {
    #[validate(nested)]
    First(i32),
    Second(#[validate(nested, skip)] i32),
}

#[derive(Validate)]
union Bits {
    int: i32,
    float: f32,
}

fn main() {
    // The types are Validate all the same: no mistake follows from the ones above.
    let _ = <Vec<Item> as Validate>::validate;
    let _ = <Order as Validate>::validate;
}
