//! What reading one writer's data as one reader's type takes, step by step.

use super::skip::Skip;
use crate::error::DecodeErrorKind;
use crate::{DecodeError, Reader};

/// How to read one value of the writer's as one of the reader's: a place in the table that a
/// [`Resolver`](super::Resolver) holds.
///
/// Generated code passes plans on. A codec written by hand is asked only where writer and reader
/// differ, and finds its number with [`long`](Self::long), [`float`](Self::float) and
/// [`double`](Self::double).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan<'p> {
    table: &'p Table,
    read: Packed,
}

/// The items of an array or the values of a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Items<'p> {
    /// How to read one.
    pub plan: Plan<'p>,
    /// The length of the writer's shortest item in bytes.
    pub min_len: usize,
}

/// How to read one value. Numbers are indices of the [`Table`]'s lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// As the reader's own schema has it.
    Same,
    /// A field that the writer does not have: its default.
    Default,
    /// The writer's `int` or `long`, for the reader's `float` or `double`.
    Long,
    /// The writer's `float`, for the reader's `double`.
    Float,
    /// The writer's units, each so many of the reader's.
    Finer(u32),
    /// The writer's units, so many in one of the reader's.
    Coarser(u32),
    /// A decimal of another scale: [`Table::scales`].
    Scale(u32),
    /// A record of both: [`Table::records`].
    Record(u32),
    /// An array or map of both: [`Table::blocks`].
    Block(u32),
    /// An enum of both: [`Table::enums`].
    Enum(u32),
    /// A union of both: [`Table::unions`].
    Union(u32),
    /// A union of the writer's alone: [`Table::unions`].
    Unwrap(u32),
    /// A union of the reader's alone: [`Table::branches`].
    Wrap(u32),
    /// What the reader cannot read: [`Table::refusals`].
    Refused(u32),
    /// A field that the reader does not have.
    Skip(Skip),
}

/// A [`Read`] in one word, so that a plan is passed in two registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packed(u64);

impl Packed {
    pub(super) const SAME: Self = Self(0);

    /// The kind of a [`Read`] in the lowest byte, of a [`Skip`] in the next, the number above.
    pub(super) const fn of(read: Read) -> Self {
        let (kind, number) = match read {
            Read::Same => (0, 0),
            Read::Default => (1, 0),
            Read::Long => (2, 0),
            Read::Float => (3, 0),
            Read::Finer(factor) => (4, factor),
            Read::Coarser(factor) => (5, factor),
            Read::Scale(number) => (6, number),
            Read::Record(number) => (7, number),
            Read::Block(number) => (8, number),
            Read::Enum(number) => (9, number),
            Read::Union(number) => (10, number),
            Read::Unwrap(number) => (11, number),
            Read::Wrap(number) => (12, number),
            Read::Refused(number) => (13, number),
            Read::Skip(skip) => {
                let (kind, number) = skip.parts();
                (14 | (kind as u64) << 8, number)
            }
        };
        Self(kind | (number as u64) << 32)
    }

    #[inline(always)]
    pub(super) const fn read(self) -> Read {
        let number = (self.0 >> 32) as u32;
        match self.0 as u8 {
            0 => Read::Same,
            1 => Read::Default,
            2 => Read::Long,
            3 => Read::Float,
            4 => Read::Finer(number),
            5 => Read::Coarser(number),
            6 => Read::Scale(number),
            7 => Read::Record(number),
            8 => Read::Block(number),
            9 => Read::Enum(number),
            10 => Read::Union(number),
            11 => Read::Unwrap(number),
            12 => Read::Wrap(number),
            13 => Read::Refused(number),
            _ => Read::Skip(Skip::of((self.0 >> 8) as u8, number)),
        }
    }
}

/// All that one plan consists of. Lists of lists are ranges, so that a plan is a few allocations.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Table {
    pub(super) records: Vec<Range>,
    pub(super) steps: Vec<Step>,
    pub(super) blocks: Vec<Block>,
    pub(super) enums: Vec<Range>,
    pub(super) symbols: Vec<Symbol>,
    pub(super) unions: Vec<Range>,
    pub(super) branches: Vec<Branch>,
    pub(super) scales: Vec<Scales>,
    pub(super) skips: Vec<SkipRange>,
    pub(super) skip_lists: Vec<Skip>,
    /// Why something cannot be read, for people.
    pub(super) refusals: Vec<Box<str>>,
}

/// A part of one of the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Range {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// One step of a record, in the order of the writer's fields; defaults come last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    /// The reader's field by its index, or [`Step::NO_FIELD`].
    pub(super) field: u32,
    pub(super) read: Packed,
}

/// The items of an array or the values of a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) inner: Packed,
    pub(super) min_len: u32,
}

/// A branch of the reader's union and how to read what goes there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Branch {
    pub(super) index: u32,
    pub(super) read: Packed,
}

/// What a symbol of the writer's is read as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Symbol {
    /// The reader's symbol of this index.
    Known(u32),
    /// None; the writer's name of it is in [`Table::refusals`].
    Unknown(u32),
}

/// The scales of a decimal that differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scales {
    pub(crate) writer: u32,
    pub(crate) reader: u32,
    /// The most digits of the reader's.
    pub(crate) precision: u32,
}

/// The items, values, fields or branches of something to skip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SkipRange {
    pub(super) range: Range,
    pub(super) min_len: u32,
}

impl Step {
    /// The field of a step that skips.
    pub(super) const NO_FIELD: u32 = u32::MAX;
}

impl Range {
    pub(super) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
}

impl Table {
    /// An empty table with room for schemas of common size.
    pub(super) fn with_room() -> Self {
        Self {
            records: Vec::with_capacity(8),
            steps: Vec::with_capacity(48),
            unions: Vec::with_capacity(16),
            branches: Vec::with_capacity(32),
            ..Self::default()
        }
    }

    /// The plan that begins with this.
    pub(super) fn plan(&self, read: Packed) -> Plan<'_> {
        Plan { table: self, read }
    }
}

impl<'p> Plan<'p> {
    /// Whether the writer's data are the reader's, so that the direct decoder reads them.
    #[inline(always)]
    pub(crate) fn is_same(self) -> bool {
        self.read == Packed::SAME
    }

    /// Whether the field is not among the writer's.
    #[inline(always)]
    pub(crate) fn is_default(self) -> bool {
        matches!(self.read.read(), Read::Default)
    }

    /// This plan, or that of what a union of the writer's holds where the reader has none.
    #[inline(always)]
    pub(crate) fn unwrapped(self, r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match self.read.read() {
            Read::Unwrap(union) => self.chosen(union, r).map(|(_, plan)| plan),
            _ => Ok(self),
        }
    }

    /// The steps of a record: the index of a field, and how to read it.
    ///
    /// # Errors
    /// If the plan was made for another type.
    #[inline(always)]
    pub fn record(
        self,
        r: &Reader<'_>,
    ) -> Result<impl Iterator<Item = (u32, Self)> + use<'p>, DecodeError> {
        let table = self.table;
        match self.read.read() {
            Read::Record(record) => {
                let steps = table.records.get(record as usize).copied();
                let steps = steps.unwrap_or_default().of(&table.steps).iter();
                Ok(steps.map(|step| (step.field, table.plan(step.read))))
            }
            _ => Err(self.unreadable(r)),
        }
    }

    /// The items of an array, or the values of a map.
    ///
    /// # Errors
    /// If the plan was made for another type.
    #[inline(always)]
    pub fn items(self, r: &Reader<'_>) -> Result<Items<'p>, DecodeError> {
        match self.read.read() {
            Read::Block(block) => match self.table.blocks.get(block as usize) {
                Some(block) => Ok(Items {
                    plan: self.table.plan(block.inner),
                    min_len: block.min_len as usize,
                }),
                None => Err(self.unreadable(r)),
            },
            _ => Err(self.unreadable(r)),
        }
    }

    /// The branch of the reader's union that the datum goes to, and how to read it there. Reads
    /// the index of the branch where the writer has a union too.
    ///
    /// # Errors
    /// An index that the writer's union does not have, and a branch that the reader's has none for.
    #[inline]
    pub fn branch(self, r: &mut Reader<'_>) -> Result<(usize, Self), DecodeError> {
        match self.read.read() {
            Read::Union(union) => self.chosen(union, r),
            Read::Wrap(branch) => match self.table.branches.get(branch as usize) {
                Some(branch) => Ok((branch.index as usize, self.table.plan(branch.read))),
                None => Err(self.unreadable(r)),
            },
            _ => Err(self.unreadable(r)),
        }
    }

    fn chosen(self, union: u32, r: &mut Reader<'_>) -> Result<(usize, Self), DecodeError> {
        let branches = self.table.unions.get(union as usize).copied();
        let branches = branches.unwrap_or_default().of(&self.table.branches);
        let start = r.position();
        let index = crate::codec::read_branch(r, branches.len())?;
        let Some(branch) = branches.get(index) else {
            return Err(self.unreadable(r));
        };
        if let Read::Refused(refusal) = branch.read.read() {
            let kind = DecodeErrorKind::Unreadable(self.refusal(refusal));
            return Err(DecodeError::new(kind, start));
        }
        Ok((branch.index as usize, self.table.plan(branch.read)))
    }

    /// The reader's symbol that the datum's stands for, by its index.
    ///
    /// # Errors
    /// An index that the writer's enum does not have, and a symbol that the reader's has not.
    #[inline]
    pub fn symbol(self, r: &mut Reader<'_>) -> Result<usize, DecodeError> {
        let Read::Enum(symbols) = self.read.read() else {
            return Err(self.unreadable(r));
        };
        let symbols = self.table.enums.get(symbols as usize).copied();
        let symbols = symbols.unwrap_or_default().of(&self.table.symbols);
        let start = r.position();
        let index = r.int()?;
        match usize::try_from(index).ok().and_then(|i| symbols.get(i)) {
            Some(Symbol::Known(symbol)) => Ok(*symbol as usize),
            Some(Symbol::Unknown(name)) => {
                let kind = DecodeErrorKind::UnknownSymbol(self.refusal(*name));
                Err(DecodeError::new(kind, start))
            }
            None => Err(crate::codec::invalid_symbol(index, symbols.len(), start)),
        }
    }

    /// The number of a `long` or of a time, in the reader's unit.
    ///
    /// # Errors
    /// A time that the reader's unit, or 64 bits, cannot hold exactly.
    #[inline]
    pub fn long(self, r: &mut Reader<'_>) -> Result<i64, DecodeError> {
        let start = r.position();
        let (converted, what) = match self.read.read() {
            Read::Same | Read::Long => return r.long(),
            Read::Finer(factor) => (r.long()?.checked_mul(i64::from(factor)), "overflows"),
            Read::Coarser(factor) => {
                let (long, factor) = (r.long()?, i64::from(factor));
                ((long % factor == 0).then(|| long / factor), "loses digits")
            }
            _ => return Err(self.unreadable(r)),
        };
        match converted {
            Some(long) => Ok(long),
            None => Err(DecodeError::new(DecodeErrorKind::NotExact(what), start)),
        }
    }

    /// The number of a `float`.
    ///
    /// # Errors
    /// If the plan was made for another type.
    #[inline]
    pub fn float(self, r: &mut Reader<'_>) -> Result<f32, DecodeError> {
        match self.read.read() {
            Read::Same => Ok(f32::from_le_bytes(r.array()?)),
            // As in Java: the nearest float.
            Read::Long => Ok(r.long()? as f32),
            _ => Err(self.unreadable(r)),
        }
    }

    /// The number of a `double`.
    ///
    /// # Errors
    /// If the plan was made for another type.
    #[inline]
    pub fn double(self, r: &mut Reader<'_>) -> Result<f64, DecodeError> {
        match self.read.read() {
            Read::Same => Ok(f64::from_le_bytes(r.array()?)),
            Read::Long => Ok(r.long()? as f64),
            Read::Float => Ok(f64::from(f32::from_le_bytes(r.array()?))),
            _ => Err(self.unreadable(r)),
        }
    }

    /// The scales of a decimal.
    #[inline]
    pub(crate) fn scales(self, r: &Reader<'_>) -> Result<Scales, DecodeError> {
        match self.read.read() {
            Read::Scale(scales) => match self.table.scales.get(scales as usize) {
                Some(scales) => Ok(*scales),
                None => Err(self.unreadable(r)),
            },
            _ => Err(self.unreadable(r)),
        }
    }

    /// Skips a field that the reader does not have.
    ///
    /// # Errors
    /// Data that end before the field does, or that cross a limit.
    #[inline(always)]
    pub fn skip(self, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        match self.read.read() {
            Read::Skip(skip) => self.table.skip(skip, r),
            _ => Err(self.unreadable(r)),
        }
    }

    /// The error of a codec that has no way to do what the plan asks for.
    #[cold]
    #[inline(never)]
    pub fn unreadable(self, r: &Reader<'_>) -> DecodeError {
        let why = match self.read.read() {
            Read::Refused(refusal) => self.refusal(refusal),
            _ => "its codec reads data of the reader's own schema alone".into(),
        };
        r.error(DecodeErrorKind::Unreadable(why))
    }

    fn refusal(self, index: u32) -> Box<str> {
        self.table
            .refusals
            .get(index as usize)
            .cloned()
            .unwrap_or_default()
    }
}
