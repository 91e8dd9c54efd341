//! The headers of a message that was received, and of one that is sent, whatever bytes their names hold.
//!
//! rdkafka's own accessor panics on a name that is no UTF-8, and its own constructor takes only a `&str`. Any sender can write
//! such a name, one message must never stop a consumer, and whoever sends a record on sends it as it was. So the names
//! are read here from librdkafka itself, and those that are no UTF-8 are given to it.
#![allow(
    unsafe_code,
    reason = "the safe functions panic on a name that is no UTF-8 or cannot take it; see the SAFETY comments"
)]

use std::ffi::{CStr, c_char, c_void};
use std::ptr;

use bytes::Bytes;
use rdkafka::bindings::{
    rd_kafka_header_add, rd_kafka_header_cnt, rd_kafka_header_get_all, rd_kafka_headers_t,
    rd_kafka_message_headers, rd_kafka_resp_err_t,
};
use rdkafka::message::{self, BorrowedMessage, Message, OwnedHeaders};
use rdkafka::types::RDKafkaErrorCode;

use crate::record::Header;

/// A list of these headers that librdkafka can send.
pub(super) fn owned(headers: &[(&[u8], Option<&[u8]>)]) -> OwnedHeaders {
    let list = OwnedHeaders::new_with_capacity(headers.len());
    headers.iter().fold(list, |list, (name, value)| {
        match std::str::from_utf8(name) {
            Ok(key) => list.insert(message::Header { key, value: *value }),
            Err(_) => with_raw_name(list, name, *value),
        }
    })
}

/// The list with one more header, whose name can be any bytes.
fn with_raw_name(list: OwnedHeaders, name: &[u8], value: Option<&[u8]>) -> OwnedHeaders {
    // rdkafka's reference to a list is librdkafka's pointer to it: so its own accessors find the list.
    let native = ptr::from_ref(list.as_borrowed())
        .cast_mut()
        .cast::<rd_kafka_headers_t>();
    let bytes = value.map_or(ptr::null(), |value| value.as_ptr().cast::<c_void>());
    let size = value.map_or(0, <[u8]>::len);
    // SAFETY: `native` is the list that `list` owns alone and keeps alive during the call. Name and value are slices of the lengths
    // given, which are never above `isize::MAX`, and librdkafka copies both.
    let added = unsafe {
        rd_kafka_header_add(
            native,
            name.as_ptr().cast::<c_char>(),
            name.len() as isize,
            bytes,
            size as isize,
        )
    };
    // Only a list of a message that was received can be closed to new headers.
    debug_assert_eq!(added, rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR);
    list
}

/// The headers, in order.
///
/// librdkafka fills a message's list of headers when it is asked for the first time, without a lock. So this function takes the
/// only reference to the message: a [`BorrowedMessage`] can be shared among threads, and two that ask at once would both fill
/// the list.
///
/// A list that librdkafka cannot take apart, such as one of more than 100,000 headers, is logged and read as empty.
pub(super) fn read(message: &mut BorrowedMessage<'_>) -> Vec<Header> {
    let mut list: *mut rd_kafka_headers_t = ptr::null_mut();
    // SAFETY: `message` owns librdkafka's message, so its pointer is valid. The call fills the message's list without a lock, and
    // nobody else can be at the message meanwhile: the reference is exclusive, a `BorrowedMessage` cannot be cloned, and
    // the fetch event that it keeps alive holds no other message.
    let found = unsafe { rd_kafka_message_headers(message.ptr(), &mut list) };
    match found {
        rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR_NO_ERROR => {}
        rd_kafka_resp_err_t::RD_KAFKA_RESP_ERR__NOENT => return Vec::new(),
        error => {
            unreadable(message, error);
            return Vec::new();
        }
    }
    // SAFETY: librdkafka set `list` to the message's list, which lives as long as the message and is only read from now on. The
    // exclusive reference to the message lasts until the end of this function, so nobody changes the list.
    let count = unsafe { rd_kafka_header_cnt(list) };
    // SAFETY: as above.
    (0..count)
        .map_while(|index| unsafe { header(list, index) })
        .collect()
}

/// The record goes on without its headers: one message must never stop a consumer.
fn unreadable(message: &BorrowedMessage<'_>, error: rd_kafka_resp_err_t) {
    tracing::warn!(
        topic = message.topic(),
        partition = message.partition(),
        offset = message.offset(),
        error = %RDKafkaErrorCode::from(error),
        "the headers of a record cannot be read: it is handed over without them"
    );
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
        name: name.to_bytes().into(),
        value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By a shared reference two threads could fill a message's list at once. This does not compile then.
    #[test]
    fn reading_takes_the_only_reference_to_a_message() {
        let _: for<'m, 'c> fn(&'m mut BorrowedMessage<'c>) -> Vec<Header> = read;
    }
}
