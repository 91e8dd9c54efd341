struct Order;

fn publish<T: avro_runtime::json::ToJson>(_: T) {}

fn main() {
    publish(Order);
    let _ = avro_runtime::to_datum(&Order);
}
