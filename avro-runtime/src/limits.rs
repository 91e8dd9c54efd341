//! What a hostile datum may cost.

pub(crate) mod memory;

/// Bounds on what reading one datum may cost. [`Limits::default`] holds for data of strangers;
/// every bound can be set.
///
/// ```
/// use avro_runtime::Limits;
/// let limits = Limits { items: 1_000, ..Limits::default() };
/// # assert_eq!(limits.items, 1_000);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many values of recursive types may stand inside one another, read or written, in binary
    /// and in JSON. Types that are not recursive are bounded by their schema. Default: 128.
    ///
    /// Where a schema is known at run time alone, every record counts, and so many arrays, maps and
    /// unions may stand inside one another besides, times [`INNER`](Self::INNER).
    pub depth: u32,
    /// The longest string or bytes value, in bytes. Default: 64 MiB.
    pub length: usize,
    /// Elements of all arrays and maps together, those that take no bytes included. Default:
    /// 16,777,216.
    ///
    /// Where a schema is known at run time alone, a record that takes no bytes counts as so many
    /// elements as it has fields.
    pub items: usize,
    /// Memory of the decoded value, in bytes: what arrays, maps and boxes reserve, plus the length
    /// of the input, which all strings and bytes together cannot exceed. Default: 256 MiB.
    ///
    /// Maps are counted by the nodes or buckets that so many entries can take, not by the entries.
    /// What the process takes may be up to twice the limit: a vector that grows block by block may
    /// double its room, and an allocator rounds short strings up.
    pub allocation: usize,
}

impl Limits {
    /// No bound but the depth, which protects the stack: for trusted data.
    pub const TRUSTED: Self = Self {
        length: usize::MAX,
        items: usize::MAX,
        allocation: usize::MAX,
        ..Self::STRANGERS
    };

    /// How many arrays, maps and unions of a schema that is known at run time alone may stand inside
    /// one another for each record that may: their schema is a stranger's too, and each of them
    /// takes stack.
    pub const INNER: u32 = 4;

    const STRANGERS: Self = Self {
        depth: 128,
        length: 64 << 20,
        items: 1 << 24,
        allocation: 256 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::STRANGERS
    }
}
