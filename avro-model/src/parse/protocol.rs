//! JSON → the types of a protocol (specification 1.12, "Protocol Declaration"). Its messages are
//! no schemas, and nobody asks what they say.

use super::attributes::{namespace, null_attribute, optional};
use super::{Parser, brief};
use crate::ast::{File, Kind, Root};
use crate::codes::Code;
use crate::json::Value;
use crate::name::{Fullname, is_name, is_namespace, name_advice, namespace_advice};
use crate::source::{FileId, Span};

impl Parser<'_> {
    /// Reads what a protocol file says.
    pub(super) fn protocol<'a>(&mut self, id: FileId, stem: String, json: &'a Value) -> File<'a> {
        for key in ["namespace", "types"] {
            let mut members = json.members().iter();
            let null = members.find(|member| member.key == key && member.value.is_null());
            self.found
                .extend(null.map(|null| null_attribute(null, "the protocol")));
        }
        let beside = namespace(json, self.found);
        if let Some((text, span)) = beside.filter(|(text, _)| !is_namespace(text)) {
            let message = format!("`{text}` is no valid namespace");
            self.error(
                Code::BadNamespace.of(text),
                span,
                message,
                &namespace_advice(text),
            );
        }
        let beside = beside.map(|(text, _)| text);
        let fullname = match self.protocol_name(json) {
            Some(name) => Fullname::within(beside, name),
            None => Fullname::within(beside, "(unnamed)"),
        };
        File {
            id,
            stem,
            namespace: fullname.namespace().map(str::to_owned),
            roots: self.protocol_types(json),
        }
    }

    fn protocol_name<'a>(&mut self, json: &'a Value) -> Option<&'a str> {
        let Some(name) = json.get("protocol") else {
            let message = "this is no protocol: it has no `protocol`";
            let note = match json.get("type") {
                Some(_) => "a schema belongs into a file with the extension .avsc",
                None => "give the protocol a name: `\"protocol\": \"Orders\"`",
            };
            let start = Span {
                end: json.span.start + 1,
                ..json.span
            };
            self.error(Code::MissingAttribute, start, message, note);
            return None;
        };
        let Some(text) = name.as_str() else {
            let message = format!(
                "the name of a protocol is a string, found {}",
                name.describe()
            );
            let note = "write the name in double quotes";
            self.error(Code::WrongAttribute, name.span, message, note);
            return None;
        };
        if !text.split('.').all(is_name) {
            let message = format!("`{text}` is no valid name of a protocol");
            self.error(
                Code::BadName.of(text),
                name.span,
                message,
                &name_advice(text),
            );
        }
        Some(text)
    }

    fn protocol_types<'a>(&mut self, json: &'a Value) -> Vec<Root<'a>> {
        let Some(types) = optional(json, "types") else {
            return Vec::new();
        };
        let Some(types) = types.as_array() else {
            let message = format!(
                "`types` is an array of definitions, found {}",
                types.describe()
            );
            let note = "put them in brackets";
            self.error(Code::WrongAttribute, types.span, message, note);
            return Vec::new();
        };
        types
            .iter()
            .filter_map(|json| self.protocol_type(json))
            .collect()
    }

    fn protocol_type<'a>(&mut self, json: &'a Value) -> Option<Root<'a>> {
        let schema = self.schema(json);
        match schema.kind {
            Kind::Definition(_) | Kind::Poison => Some(Root { json, schema }),
            _ => {
                let message = format!(
                    "a type of a protocol is a definition, found `{}`",
                    brief(json)
                );
                let note = "define a record, error, enum or fixed here";
                self.error(Code::WrongAttribute, json.span, message, note);
                None
            }
        }
    }
}
