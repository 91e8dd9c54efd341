//! Every transport passes the same cases: the one in memory, and librdkafka against a broker in the process and, where
//! `RUN_KAFKA_INTEGRATION_TESTS=1`, against a real Kafka.

mod broker_in_process;
mod cases;
mod delivery;
mod errors;
mod headers;
mod in_memory;
mod real_kafka;
