//! What is read from an owned view ends with it, whatever lifetime the view is asked for.

use avro_runtime::{AvroSchema, OwnedView};

fn moved<T: AvroSchema>(message: OwnedView<T>) {
    let view = message.get();
    drop(message);
    let _ = view;
}

fn longer<T: AvroSchema>(message: &OwnedView<T>) -> &T::View<'static> {
    message.get()
}

fn outlives<'a, T: AvroSchema>(message: OwnedView<T>) -> &'a T::View<'a> {
    message.get()
}

fn send<S: Send>() {}

fn sent<T: AvroSchema>() {
    send::<OwnedView<T>>();
}

fn main() {}
