//! Bytes as an object container file.

use std::num::NonZeroUsize;

use avro_runtime::dynamic::Value;
use avro_runtime::object_container::{
    Codec, Error, FileLimit, FileLimits, Loss, Parallel, Reader, ReaderSettings, Source,
    WriterSettings,
};

use super::LIMITS;

/// Small enough that a size made up by chance crosses them.
const FILE_LIMITS: FileLimits = FileLimits {
    header: 1 << 14,
    metadata: 16,
    block: 1 << 16,
    data: 1 << 16,
    file_data: 1 << 17,
    expansion: 2,
    empty_values: 1 << 10,
    object: LIMITS,
};

/// A file.
///
/// As a stream, from memory and on several threads it has the same objects and the same damage, and
/// what is saved can be written and read again.
pub fn container(file: &[u8]) {
    let settings = || ReaderSettings::new().limits(FILE_LIMITS);
    let memory = settings().open_bytes::<Value, _>(file);
    let stream = settings().open::<Value, _>(file);
    let threads = NonZeroUsize::MIN.saturating_add(1);
    let parallel = settings().open_bytes_parallel::<Value, _>(file.to_vec(), threads);
    let (memory, stream, parallel) = match (memory, stream, parallel) {
        (Ok(memory), Ok(stream), Ok(parallel)) => (memory, stream, parallel),
        (Err(a), Err(b), Err(c)) => {
            return assert_eq!([a, b].map(text), [text(c.clone()), text(c)]);
        }
        (a, b, c) => panic!("{:?}\n{:?}\n{:?}", a.err(), b.err(), c.err()),
    };
    let codec = codec(&memory);
    let schema = memory.header().schema().to_owned();
    let objects = salvaged(memory);
    assert_eq!(objects, salvaged(stream));
    let on_threads = salvaged_on_threads(parallel);
    // Which of the threads takes the last of what the whole file may cost is chance.
    let of_the_file = [FileLimit::FileData, FileLimit::EmptyValues].map(|limit| limit.to_string());
    let is_chance = objects
        .iter()
        .chain(&on_threads)
        .any(|it| matches!(it, Err(loss) if of_the_file.iter().any(|limit| loss.contains(limit))));
    assert!(
        is_chance || objects == on_threads,
        "{objects:?}\n{on_threads:?}"
    );
    let values: Vec<Value> = objects
        .into_iter()
        .filter_map(Result::ok)
        .map(|it| it.0)
        .collect();
    written_again(&schema, codec, &values);
}

/// An object, equal if it is written alike: NaN is not equal to itself.
#[derive(Debug)]
struct Object(Value);

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_datum() == other.0.to_datum()
    }
}

fn salvaged<S: Source>(reader: Reader<Value, S>) -> Vec<Result<Object, String>> {
    let all = reader.salvage();
    all.map(|it| it.map(Object).map_err(|loss| told(&loss)))
        .collect()
}

fn salvaged_on_threads<S: Source>(mut reader: Parallel<Value, S>) -> Vec<Result<Object, String>> {
    let mut all = Vec::new();
    loop {
        match reader.read() {
            Ok(Some(value)) => all.push(Ok(Object(value))),
            Ok(None) => return all,
            Err(_) => match reader.recover() {
                Ok(Some(loss)) => all.push(Err(told(&loss))),
                Ok(None) => panic!("an error that nobody can recover from"),
                Err(error) => panic!("memory is always readable: {error}"),
            },
        }
    }
}

fn told(loss: &Loss) -> String {
    format!("{loss} ({} at {})", loss.bytes, loss.position)
}

fn text(error: Error) -> String {
    error.to_string()
}

fn codec<S: Source>(reader: &Reader<Value, S>) -> Codec {
    let name = reader.header().codec();
    let mut all = Codec::ALL.iter().copied();
    all.find(|codec| codec.name().as_bytes() == name)
        .unwrap_or(Codec::Null)
}

fn written_again(schema: &str, codec: Codec, values: &[Value]) {
    let settings = WriterSettings::new().codec(codec).block_size(64);
    let mut writer = settings.create_as(Vec::new(), schema).unwrap();
    for value in values {
        writer.write(value).unwrap();
    }
    let file = writer.finish().unwrap();
    let reader = Reader::<Value, _>::from_bytes(&file).unwrap();
    let read: Result<Vec<Value>, Error> = reader.collect();
    let read: Vec<Object> = read.unwrap().into_iter().map(Object).collect();
    let values: Vec<Object> = values.iter().cloned().map(Object).collect();
    assert_eq!(read, values);
}
