//! The events of the four systems.

use avro_runtime::AvroSchema;
use avro_runtime::json::{FromJson, plain};

use crate::generated::com::ecommerce::order::OrderEvent as ShopEvent;
use crate::generated::com::featurestore::events::FeatureAvailabilityEvent;
use crate::generated::com::neuralhivemind::orchestration::ExecutionTicket;
use crate::generated::com::pipeline::events::OrderEvent;

/// An order of three items.
pub fn order() -> OrderEvent {
    read(include_str!("../../data/order.json"))
}

/// Features that became available.
pub fn feature() -> FeatureAvailabilityEvent {
    read(include_str!("../../data/feature.json"))
}

/// An order of the shop.
pub fn shop() -> ShopEvent {
    read(include_str!("../../data/shop.json"))
}

/// A ticket.
pub fn ticket() -> ExecutionTicket {
    read(include_str!("../../data/ticket.json"))
}

fn read<T: AvroSchema + FromJson>(text: &str) -> T {
    plain::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}
