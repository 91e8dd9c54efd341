"""Answers each line of standard input, a question in JSON, with a line of JSON.

A question has a writer's and a reader's schema and data of the writer's; the answer is what fastavro
makes of them. Schemas come without logical types, which fastavro would turn into types of Python's.
"""

import io
import json
import struct
import sys

import fastavro


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def answer(question):
    writer = fastavro.parse_schema(json.loads(question["writer"]))
    reader = fastavro.parse_schema(json.loads(question["reader"]))
    return {"data": [coded(writer, reader, datum) for datum in question["data"]]}


def coded(writer, reader, datum):
    """The datum as read with each schema, or the error."""
    return {
        "written": attempt(lambda: read(writer, None, datum)),
        "read": attempt(lambda: read(writer, reader, datum)),
    }


def attempt(work):
    try:
        return {"Ok": work()}
    except Exception as error:  # Whatever it is, it is the answer.
        return {"Err": f"{type(error).__name__}: {error}"}


def read(writer, reader, datum):
    stream = io.BytesIO(bytes.fromhex(datum))
    value = fastavro.schemaless_reader(stream, writer, reader)
    if stream.read(1):
        raise ValueError("bytes are left over")
    return plain(value)


def plain(value):
    """The value in a form that tells its type: 1 of an int is not 1.0, and "a" is no bytes."""
    if isinstance(value, float):
        return "d" + struct.pack(">d", value).hex()
    if isinstance(value, bytes):
        return "b" + value.hex()
    if isinstance(value, str):
        return "s" + value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


main()
