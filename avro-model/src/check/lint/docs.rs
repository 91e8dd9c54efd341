//! Types and fields without documentation.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::schema::NamedType;
use crate::source::Span;

/// Reports a type without documentation, and each field that has none: one by one, so that an
/// exception beside a field is for that field.
pub(in crate::check) fn check(ty: &NamedType, found: &mut Diagnostics) {
    let mut report = |doc: &Option<String>, span: Span, what: String| {
        if doc.as_deref().unwrap_or_default().trim().is_empty() {
            let message = format!("{what} has no documentation");
            let finding = Diagnostic::new(Code::MissingDoc, span, message);
            found.push(finding.note("say what it means: \"doc\": \"…\""));
        }
    };
    let what = format!("{} `{}`", ty.keyword(), ty.fullname);
    report(&ty.doc, ty.name_span, what);
    for field in ty.fields() {
        let what = format!("field `{}.{}`", ty.fullname, field.name);
        report(&field.doc, field.name_span, what);
    }
}
