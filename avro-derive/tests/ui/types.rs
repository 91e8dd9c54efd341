//! Rules on types that they do not apply to.

use avro_runtime::Validate;
use avro_runtime::validate::Broken;

struct Foreign;

#[derive(Validate)]
struct Order {
    #[validate(range(min = 1))]
    id: String,
    #[validate(range(max = 0.5))]
    quantity: i32,
    #[validate(length(max = 3))]
    amount: f64,
    #[validate(pattern = "^[0-9]+$")]
    count: Option<i64>,
    #[validate(nested)]
    foreign: Vec<Foreign>,
    #[validate(custom = even)]
    flag: bool,
}

#[derive(Validate)]
enum Payload {
    Foreign(Foreign),
}

fn even(value: &i64) -> Result<(), Broken> {
    if value % 2 == 0 { Ok(()) } else { Err(Broken::new("even", "must be even")) }
}

fn main() {}
