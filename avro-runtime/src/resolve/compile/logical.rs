//! Logical types that differ: converted where every value keeps its meaning, else refused.

use avro_model::schema::{LogicalType, Schema};

use super::{Compiler, Place, last};
use crate::resolve::plan::{Read, Scales};

impl<'a> Compiler<'a> {
    /// `read`, with what the logical types add to it.
    pub(super) fn logical(
        &mut self,
        (reader, writer): (&'a Schema, &'a Schema),
        read: Read,
        at: Place,
    ) -> Read {
        let logical = (
            reader.logical_type(self.reader),
            writer.logical_type(self.writer),
        );
        match logical {
            (Some(to), Some(from)) if to == from => read,
            (Some(to), Some(from)) => match self.conversion(to, from) {
                Some(read) => read,
                None => {
                    let reason = format!("the writer's {} is no {}", from.name(), to.name());
                    self.refuse(reason, at)
                }
            },
            // On one side alone: the reader's meaning.
            _ => read,
        }
    }

    /// How one logical type is read as another, if no value changes its meaning.
    fn conversion(&mut self, to: LogicalType, from: LogicalType) -> Option<Read> {
        use LogicalType::Decimal;
        if let (Decimal { precision, scale }, Decimal { scale: other, .. }) = (to, from) {
            // Of the same scale, the direct decoder looks at the precision by itself.
            return Some(match scale == other {
                true => Read::Same,
                false => self.scales(Scales {
                    writer: other,
                    reader: scale,
                    precision,
                }),
            });
        }
        let ((what, units), (other, from)) = (to.count()?, from.count()?);
        if what != other {
            return None;
        }
        Some(match units > from {
            true => Read::Finer(units / from),
            false => Read::Coarser(from / units),
        })
    }

    fn scales(&mut self, scales: Scales) -> Read {
        self.table.scales.push(scales);
        Read::Scale(last(&self.table.scales))
    }
}
