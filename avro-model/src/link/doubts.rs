//! References that are bound and that others bind otherwise, or not at all: Java looks at what it
//! has read so far, most others refuse what they have not.

use super::names::Names;
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::schema::TypeId;
use crate::source::{FileId, Span};

impl Names<'_> {
    /// What is doubtful about a reference at this place that is bound to this type.
    pub(super) fn doubts(
        &self,
        id: TypeId,
        namespace: Option<&str>,
        name: &str,
        span: Span,
    ) -> Option<Diagnostic> {
        self.of_two(id, namespace, name, span)
            .or_else(|| self.before_definition(id, span))
    }

    /// A short name of a namespace that is a name of the null namespace too.
    fn of_two(
        &self,
        id: TypeId,
        namespace: Option<&str>,
        name: &str,
        span: Span,
    ) -> Option<Diagnostic> {
        let namespace = namespace.filter(|_| !name.contains('.'))?;
        let outside = self.find(None, name).filter(|&outside| outside != id)?;
        let own = format!("{namespace}.{name}");
        let (here, there) = (self.whole(id, span.file), self.whole(outside, span.file));
        if here.file == span.file && here.start < span.start
            || there.file == span.file && there.start > span.start
        {
            return None;
        }
        let one_file = here.file == span.file && there.file == span.file;
        let (code, message) = match one_file {
            true => (
                Code::ContestedReference,
                format!(
                    "`{name}` is `{own}`, defined below; Java takes the type without a namespace"
                ),
            ),
            false => (
                Code::ReferenceByOrder,
                format!(
                    "`{name}` is `{own}`; Java takes the type without a namespace if it has read that first"
                ),
            ),
        };
        Some(
            Diagnostic::new(code, span, message)
                .also(
                    self.place(self.nearest(outside, span.file)),
                    "the type without a namespace",
                )
                .also(self.place(self.nearest(id, span.file)), format!("`{own}`"))
                .note(format!("write the fullname: \"{own}\"")),
        )
    }

    /// A reference that stands before the definition in the same file.
    pub(super) fn before_definition(&self, id: TypeId, span: Span) -> Option<Diagnostic> {
        let definition = self.whole(id, span.file);
        if definition.file != span.file || definition.start < span.start {
            return None;
        }
        let message = format!(
            "`{}` is used before its definition",
            self.entries[id.index()].fullname
        );
        Some(
            Diagnostic::new(Code::UseBeforeDefinition, span, message)
                .also(self.place(self.nearest(id, span.file)), "defined here")
                .note("define the type here, at its first use, and name it below"),
        )
    }

    /// Where the whole definition stands, in this file if it is there too.
    fn whole(&self, first: TypeId, file: FileId) -> Span {
        let nearest = self.nearest(first, file);
        self.entries[nearest.index()].definition.json.span
    }
}
