//! What a hostile file may cost.

use crate::Limits;

/// Bounds on what reading one file may cost. [`FileLimits::default`] holds for files of strangers;
/// every bound can be set.
///
/// What a reader takes at most is two blocks' data and what one object takes.
///
/// ```
/// use avro_runtime::object_container::FileLimits;
/// let limits = FileLimits { data: 1 << 20, ..FileLimits::default() };
/// # assert_eq!(limits.data, 1 << 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLimits {
    /// The longest header, schema and metadata included, in bytes. Default: 16 MiB.
    pub header: usize,
    /// Entries of metadata. Default: 1,000.
    pub metadata: usize,
    /// The longest block as it stands in the file, compressed or not, in bytes. Default: 64 MiB.
    pub block: usize,
    /// The longest data of one block, decompressed, in bytes. Default: 128 MiB.
    pub data: usize,
    /// Objects that take no bytes, such as nulls, of the whole file together: so many of them cost
    /// a file nothing. Default: 16,777,216.
    pub empty_objects: u64,
    /// What one object may cost. Its allocation pays for the whole of the block's data, so that it
    /// has to be larger than [`data`](Self::data).
    pub object: Limits,
}

impl FileLimits {
    /// No bound but the depth of objects, which protects the stack: for trusted files.
    pub const TRUSTED: Self = Self {
        header: usize::MAX,
        metadata: usize::MAX,
        block: usize::MAX,
        data: usize::MAX,
        empty_objects: u64::MAX,
        object: Limits::TRUSTED,
    };
}

impl Default for FileLimits {
    fn default() -> Self {
        Self {
            header: 16 << 20,
            metadata: 1_000,
            block: 64 << 20,
            data: 128 << 20,
            empty_objects: 1 << 24,
            object: Limits::default(),
        }
    }
}
