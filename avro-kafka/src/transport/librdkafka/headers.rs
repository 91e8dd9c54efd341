//! The headers of a received message, whatever bytes their names hold.
//!
//! rdkafka's own accessor panics on a name that is no UTF-8. Any sender can write one, and one message must never stop a
//! consumer, so the names are read here from librdkafka itself.
#![allow(
    unsafe_code,
    reason = "the safe accessor panics on a name that is no UTF-8; see the SAFETY comments"
)]

use std::ffi::{CStr, c_char, c_void};
use std::ptr;

use bytes::Bytes;
use rdkafka::bindings::{
    rd_kafka_header_get_all, rd_kafka_headers_t, rd_kafka_message_headers, rd_kafka_resp_err_t,
};
use rdkafka::message::BorrowedMessage;

use crate::record::Header;

/// The headers, in order.
pub(super) fn read(message: &BorrowedMessage<'_>) -> Vec<Header> {
    let mut headers: *mut rd_kafka_headers_t = ptr::null_mut();
    // SAFETY: the message is borrowed, so its pointer is valid and nobody frees or changes the message meanwhile.
    // The call parses the headers on first use, which librdkafka allows for a message that the application owns, and
    // this function takes no other reference into the message. On success the list lives as long as the message.
    let found = unsafe { rd_kafka_message_headers(message.ptr(), &mut headers) };
    if found != rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR {
        return Vec::new();
    }
    let mut list = Vec::new();
    // SAFETY: `headers` was set by the call above and lives as long as `message`, which outlives this loop.
    while let Some(header) = unsafe { header(headers, list.len()) } {
        list.push(header);
    }
    list
}

/// The header at `index`, copied; `None` past the end.
///
/// # Safety
/// `headers` must be a list of librdkafka that nobody frees or changes during the call.
unsafe fn header(headers: *const rd_kafka_headers_t, index: usize) -> Option<Header> {
    let mut name: *const c_char = ptr::null();
    let mut value: *const c_void = ptr::null();
    let mut size = 0;
    // SAFETY: the list is valid by the contract above, and the three places are ours to write to.
    let found =
        unsafe { rd_kafka_header_get_all(headers, index, &mut name, &mut value, &mut size) };
    if found != rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR {
        return None;
    }
    // SAFETY: on success librdkafka sets `name` to a string that it keeps, ended by NUL, for the life of the list.
    let name = unsafe { CStr::from_ptr(name) };
    let value = (!value.is_null()).then(|| {
        // SAFETY: on success a value that is not null points to `size` bytes that live as long as the list.
        Bytes::copy_from_slice(unsafe { std::slice::from_raw_parts(value.cast(), size) })
    });
    Some(Header {
        name: name.to_string_lossy().into_owned(),
        value,
    })
}
