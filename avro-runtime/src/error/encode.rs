//! What can be wrong with a value that is written.

use core::fmt;

use super::{Count, Limit, Segment, Trail, display};

/// Why a value could not be written, and where in it.
///
/// Eight bytes wide; the details are boxed.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodeError(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    kind: EncodeErrorKind,
    trail: Trail,
}

/// What was wrong with the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A value outside the range of its logical type.
    OutOfRange(&'static str),
    /// A decimal with more digits after the point than the schema's scale: writing would lose one.
    LosesDigits {
        /// The scale of the schema.
        scale: u32,
    },
    /// A crossed limit, set by [`Limits`](crate::Limits): values of recursive types that stand
    /// deeper in one another than readers go.
    LimitExceeded(Limit),
    /// A decimal with more digits than the schema's precision.
    ExceedsPrecision {
        /// The precision of the schema.
        precision: u32,
    },
}

impl EncodeError {
    /// An error of this kind; for codecs written by hand.
    #[cold]
    #[inline(never)]
    pub fn new(kind: EncodeErrorKind) -> Self {
        Self(Box::new(Details {
            kind,
            trail: Trail::default(),
        }))
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn too_deep() -> Self {
        Self::new(EncodeErrorKind::LimitExceeded(Limit::Depth))
    }

    /// What was wrong.
    pub fn kind(&self) -> &EncodeErrorKind {
        &self.0.kind
    }

    /// The place in the value, such as `OrderEvent.payload.items[3].quantity`. Of a long one the steps
    /// in the middle are counted, not named.
    pub fn path(&self) -> String {
        self.0.trail.to_string()
    }

    /// The same error, one step further out.
    #[cold]
    #[inline(never)]
    pub(crate) fn inside(mut self, segment: Segment) -> Self {
        self.0.trail.push(segment);
        self
    }

    /// The same error, one record's field further out.
    #[cold]
    #[inline(never)]
    pub(crate) fn in_field(self, field: &'static str) -> Self {
        self.inside(Segment::Field(field))
    }

    /// The same error, of a value of this type.
    #[cold]
    #[inline(never)]
    pub(crate) fn in_type(mut self, fullname: &'static str) -> Self {
        self.0.trail.set_fullname(fullname);
        self
    }
}

impl fmt::Display for EncodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange(what) => write!(f, "value out of range for {what}"),
            Self::LosesDigits { scale } => {
                write!(
                    f,
                    "a decimal of scale {scale} would lose digits; round it first"
                )
            }
            Self::LimitExceeded(limit) => write!(
                f,
                "the limit on {limit} is exceeded; raise it in Limits if those who read do so too"
            ),
            Self::ExceedsPrecision { precision } => {
                let digits = Count(*precision as usize, "digit");
                write!(f, "a decimal has more than {digits}")
            }
        }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(f, &self.0.kind, &self.0.trail)
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncodeError")
            .field("kind", &self.0.kind)
            .field("path", &self.path())
            .finish()
    }
}

impl std::error::Error for EncodeError {}
