//! The "big" record of serde_avro_fast's benchmark: eight strings and an int.

use serde::Deserialize;

use crate::generated::bench::{MailingAddress, UserInfo};

/// For serde_avro_fast, borrowed from the datum.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct UserInfoRef<'a> {
    pub username: &'a str,
    pub age: i32,
    pub phone: &'a str,
    pub housenum: &'a str,
    #[serde(borrow)]
    pub address: MailingAddressRef<'a>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct MailingAddressRef<'a> {
    pub street: &'a str,
    pub city: &'a str,
    pub state_prov: &'a str,
    pub country: &'a str,
    pub zip: &'a str,
}

/// The value that every peer is given.
pub fn user() -> UserInfo {
    UserInfo {
        username: "username".to_owned(),
        age: 10,
        phone: "000000000".to_owned(),
        housenum: "0000".to_owned(),
        address: MailingAddress {
            street: "street".to_owned(),
            city: "city".to_owned(),
            state_prov: "state_prov".to_owned(),
            country: "country".to_owned(),
            zip: "zip".to_owned(),
        },
    }
}
