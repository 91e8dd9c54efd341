//! A plan and where it begins.

use avro_model::schema::{Schema, SchemaKind, SchemaSet};

use super::compile;
use super::error::{ResolveError, Unresolvable};
use super::plan::{Packed, Plan, Read, Table};
use crate::{Decode, DecodeError, Reader};

/// The plan by which one schema reads the data of another.
#[derive(Debug, PartialEq)]
pub(crate) struct Compiled {
    table: Table,
    root: Packed,
}

impl Compiled {
    /// Compiles the plan; nothing where the direct decoder reads everything.
    ///
    /// # Errors
    /// Every reason why the reader's schema cannot read the writer's data.
    pub(crate) fn new(
        reader: (&SchemaSet, &Schema),
        writer: (&SchemaSet, &Schema),
    ) -> Result<Option<Self>, ResolveError> {
        match compile::plan(reader, writer) {
            Ok((_, Read::Same)) => Ok(None),
            Ok((table, root)) => Ok(Some(Self {
                table,
                root: Packed::of(root),
            })),
            Err(reasons) => Err(ResolveError::Unresolvable(Box::new(Unresolvable {
                writer: name(writer),
                reader: name(reader),
                reasons,
            }))),
        }
    }

    /// Where the plan begins.
    pub(crate) fn plan(&self) -> Plan<'_> {
        self.table.plan(self.root)
    }

    /// Reads a datum over this value.
    pub(super) fn read<'de, V: Decode<'de>>(
        &self,
        value: &mut V,
        r: &mut Reader<'de>,
    ) -> Result<(), DecodeError> {
        let plan = self.plan().unwrapped(r)?;
        if plan.is_same() {
            value.decode_into(r)
        } else {
            value.resolve_into(r, plan)
        }
    }
}

/// The schema's fullname, or what it is called where it has none.
pub(super) fn name((set, schema): (&SchemaSet, &Schema)) -> Box<str> {
    match schema.kind {
        SchemaKind::Named(id) => set[id].fullname.to_string().into(),
        _ => "without a name".into(),
    }
}
