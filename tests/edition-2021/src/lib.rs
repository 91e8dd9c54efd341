//! Generated code compiles in edition 2021, at any place of the module tree, as strictly as may be.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub)]

/// A module around the generated ones.
pub mod avro {
    avro_runtime::include_schemas!();
}

#[cfg(test)]
mod tests {
    use super::avro::com::acme::{Item, OrderPay};
    use avro_runtime::{from_datum, to_datum, Validate};

    #[test]
    fn a_datum_comes_back() {
        let item = Item::new("A-1");
        let datum = to_datum(&item).unwrap();
        assert_eq!(datum, [6, b'A', b'-', b'1', 2]);
        assert_eq!(from_datum::<Item>(&datum).unwrap(), item);
    }

    #[test]
    fn rules_reach_into_unions() {
        let item = Item {
            quantity: 0,
            ..Item::new("A-1")
        };
        let violations = OrderPay::Item(item).validate().unwrap_err();
        assert_eq!(
            violations.to_string(),
            "quantity must be at least 1 (range)"
        );
    }
}
