//! What a hostile file may cost.

use crate::Limits;

/// Bounds on what reading one file may cost. [`FileLimits::default`] holds for files of strangers;
/// every bound can be set.
///
/// A reader takes at most two blocks' data and one object in memory. Its work is at most in
/// proportion to the file's length, whatever the file says and however often a reader recovers:
/// [`file_data`](Self::file_data), [`expansion`](Self::expansion) and
/// [`empty_values`](Self::empty_values) count over all blocks.
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
    /// The data of all blocks together, decompressed, in bytes, on top of what
    /// [`expansion`](Self::expansion) allows. What a damaged block gives before its damage counts
    /// too; a block that is passed over unread does not. Default: 256 MiB.
    pub file_data: u64,
    /// How many bytes of data each byte of a block may give, on the average of all blocks. So a
    /// file may be as long as it likes: what counts is how much more comes out than went in. With
    /// 0, [`file_data`](Self::file_data) is the limit on the whole file. Default: 100.
    pub expansion: u32,
    /// Values that take no bytes, such as nulls, of the whole file together: objects, and what is in
    /// their arrays and records beyond one value for each byte. So many of them cost a file nothing.
    /// Default: 16,777,216.
    pub empty_values: u64,
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
        file_data: u64::MAX,
        expansion: u32::MAX,
        empty_values: u64::MAX,
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
            file_data: 256 << 20,
            expansion: 100,
            empty_values: 1 << 24,
            object: Limits::default(),
        }
    }
}
