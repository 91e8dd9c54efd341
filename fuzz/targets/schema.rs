#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| avro_tests::fuzz::schema(data));
