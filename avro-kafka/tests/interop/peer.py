"""Confluent's client for Python, with default settings, at the other end of a pipe.

Each line of standard input is a task in JSON, each line of standard output its result. The first
line of input says where the broker and the registry are. A task that fails ends the program: its
traceback goes to standard error, where the test shows it.
"""

import datetime
import decimal
import json
import struct
import sys
import time
import uuid

from confluent_kafka import Consumer, Producer
from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.serialization import MessageField, SerializationContext

PATIENCE = 60


class Peer:
    def __init__(self, servers, registry):
        self.servers = servers
        self.registry = SchemaRegistryClient({"url": registry})
        self.readers = 0

    def register(self, subject, schema):
        return self.registry.register_schema(subject, as_schema(schema))

    def write(self, topic, schema, values):
        serializer = AvroSerializer(self.registry, as_schema(schema))
        context = SerializationContext(topic, MessageField.VALUE)
        producer = Producer({"bootstrap.servers": self.servers})
        errors = []
        for value in values:
            producer.produce(
                topic,
                value=serializer(native(value), context),
                on_delivery=lambda error, _: error and errors.append(str(error)),
            )
        if producer.flush(PATIENCE) or errors:
            raise RuntimeError(f"not delivered: {errors}")
        return None

    def read(self, topic, count, schema=None):
        """Values, each behind the id of its schema."""
        schema = schema and as_schema(schema)
        deserializer = AvroDeserializer(self.registry, schema)
        context = SerializationContext(topic, MessageField.VALUE)
        return [
            [struct.unpack(">I", value[1:5])[0], plain(deserializer(value, context))]
            for value in self.records(topic, count)
        ]

    def records(self, topic, count):
        self.readers += 1
        settings = {
            "bootstrap.servers": self.servers,
            "group.id": f"python-{self.readers}",
            "auto.offset.reset": "earliest",
        }
        consumer = Consumer(settings)
        consumer.subscribe([topic])
        end = time.monotonic() + PATIENCE
        try:
            while count and time.monotonic() < end:
                message = consumer.poll(1)
                if message is None:
                    continue
                if message.error():
                    raise RuntimeError(message.error())
                count -= 1
                yield message.value()
        finally:
            consumer.close()
        if count:
            raise RuntimeError(f"{count} records of {topic} did not come")

    def call(self, method, arguments):
        """What a method of the client returns, or the code of the registry's error."""
        if "schema" in arguments:
            arguments["schema"] = as_schema(arguments["schema"])
        try:
            return shown(getattr(self.registry, method)(**arguments))
        except SchemaRegistryError as error:
            return {"status": error.http_status_code, "code": error.error_code}


def as_schema(schema):
    references = [SchemaReference(**reference) for reference in schema["references"]]
    return Schema(schema["schema"], "AVRO", references)


def shown(result):
    """The client's own types as JSON."""
    if isinstance(result, list):
        return [shown(item) for item in result]
    if hasattr(result, "to_dict"):
        return result.to_dict()
    if hasattr(result, "__attrs_attrs__"):
        return {field.name: getattr(result, field.name) for field in result.__attrs_attrs__}
    return result


def plain(value):
    """The value in a form that tells its type: 1 of an int is not 1.0, and "a" is no bytes."""
    if isinstance(value, float):
        return "f" + struct.pack(">d", value).hex()
    if isinstance(value, bytes):
        return "b" + value.hex()
    if isinstance(value, str):
        return "s" + value
    if isinstance(value, decimal.Decimal):
        return f"n{value}"
    if isinstance(value, uuid.UUID):
        return f"u{value}"
    if isinstance(value, datetime.datetime):
        return "t" + value.isoformat()
    if isinstance(value, datetime.date):
        return "d" + value.isoformat()
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int)):
        return value
    raise TypeError(f"{value!r} is of {type(value)}")


FORMS = {
    "f": lambda text: struct.unpack(">d", bytes.fromhex(text))[0],
    "b": bytes.fromhex,
    "s": str,
    "n": decimal.Decimal,
    "u": uuid.UUID,
    "t": datetime.datetime.fromisoformat,
    "d": datetime.date.fromisoformat,
}


def native(value):
    """What `plain` was made of."""
    if isinstance(value, str):
        return FORMS[value[0]](value[1:])
    if isinstance(value, list):
        return [native(item) for item in value]
    if isinstance(value, dict):
        return {key: native(item) for key, item in value.items()}
    return value


def main():
    peer = Peer(**json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        task = json.loads(line)
        result = getattr(peer, task.pop("task"))(**task)
        print(json.dumps(result), flush=True)


main()
