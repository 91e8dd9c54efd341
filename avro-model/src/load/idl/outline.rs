//! Avro IDL text → what it declares and imports, and where. Of a text with mistakes, what can be
//! made out; what is wrong with it is not said here.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tokens::{Token, tokens};

/// What a file declares and imports.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) imports: Vec<Import>,
    pub(super) types: Vec<Type>,
    /// The fullnames of the types, those behind a mistake too.
    pub(super) names: Vec<String>,
    /// The type after `schema`.
    pub(super) main: Option<Place>,
    /// Where another declaration could follow the last one: before the bracket that closes the
    /// protocol, or behind the text. Nothing if the brackets do not match.
    pub(super) end: Option<usize>,
}

/// A file that is imported.
#[derive(Debug)]
pub(super) struct Import {
    /// The path, as written.
    pub(super) path: String,
    /// Where the path stands.
    pub(super) place: Place,
    /// The whole statement.
    pub(super) whole: Place,
}

/// A range of bytes.
pub(super) type Place = Range<usize>;

/// A declared type.
#[derive(Debug)]
pub(super) struct Type {
    pub(super) fullname: String,
    /// Its name.
    pub(super) name: Place,
    /// The comment that documents it.
    pub(super) doc: Option<Place>,
    /// The fields of a record.
    pub(super) fields: Vec<Field>,
    /// The symbols of an enum.
    pub(super) symbols: Vec<Place>,
    /// The default of an enum.
    pub(super) default: Option<Place>,
}

/// A field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: Place,
    pub(super) ty: Place,
    /// The comment that documents it.
    pub(super) doc: Option<Place>,
    pub(super) default: Option<Place>,
}

impl Outline {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Self {
        let tokens = tokens(text);
        let names = names(&tokens.all);
        let mut reader = Reader {
            text,
            docs: tokens.docs,
            tokens: tokens.all,
            at: 0,
            namespace: None,
            given: None,
            begun: None,
            is_protocol: false,
            outline: Self::default(),
        };
        while reader.declaration().is_some() {}
        reader.outline.end = reader.end();
        reader.outline.names = names;
        reader.outline
    }
}

struct Reader<'t> {
    text: &'t str,
    tokens: Vec<(Token<'t>, Place)>,
    docs: BTreeMap<usize, Place>,
    /// The index of the next token.
    at: usize,
    /// The namespace of the protocol, or of the file.
    namespace: Option<String>,
    /// What `@namespace` gives to the next declaration.
    given: Option<String>,
    /// The comment before the first token of a declaration whose annotations were read.
    begun: Option<Option<Place>>,
    is_protocol: bool,
    outline: Outline,
}

impl<'t> Reader<'t> {
    /// Reads up to the end of the next declaration; nothing at the end of the text.
    fn declaration(&mut self) -> Option<()> {
        let doc = self.docs.get(&self.at).cloned();
        let (token, Range { start, .. }) = self.next()?;
        let doc = self.begun.take().unwrap_or(doc);
        match token {
            Token::Sign('@') => {
                self.begun = Some(doc);
                self.annotation();
            }
            Token::Word("namespace") => self.namespace = Some(self.word()?.0),
            Token::Word("protocol") => self.protocol()?,
            Token::Word("import") => self.import(start)?,
            Token::Word("schema") => {
                self.outline.main = Some(self.ty()?);
                self.until(&[';']);
            }
            Token::Word("record" | "error") => self.record(doc)?,
            Token::Word("enum") => self.enumeration(doc)?,
            Token::Word("fixed") => {
                let ty = self.named(doc)?;
                self.until(&[';']);
                self.outline.types.push(ty);
            }
            // A message.
            Token::Word(_) => self.until(&[';']),
            _ => {}
        }
        Some(())
    }

    fn protocol(&mut self) -> Option<()> {
        self.is_protocol = true;
        let (name, _) = self.word()?;
        let of_name = name
            .rsplit_once('.')
            .map(|(namespace, _)| namespace.to_owned());
        self.namespace = of_name.or(self.given.take());
        // Its declarations come next.
        self.next().map(|_| ())
    }

    fn import(&mut self, start: usize) -> Option<()> {
        self.next();
        let (Token::Text(path), place) = self.next()? else {
            return Some(());
        };
        let path = path.trim_matches('"').to_owned();
        self.until(&[';']);
        let end = self.tokens[self.at - 1].1.end;
        self.outline.imports.push(Import {
            path,
            place,
            whole: start..end,
        });
        Some(())
    }

    fn record(&mut self, doc: Option<Place>) -> Option<()> {
        let mut ty = self.named(doc)?;
        self.next();
        while !self.eat('}') {
            self.fields(&mut ty.fields)?;
        }
        self.outline.types.push(ty);
        Some(())
    }

    /// A type, and the fields that have it.
    fn fields(&mut self, fields: &mut Vec<Field>) -> Option<()> {
        let of_all = self.docs.get(&self.at).cloned();
        let ty = self.ty()?;
        loop {
            let doc = self.docs.get(&self.at).or(of_all.as_ref()).cloned();
            self.annotations();
            let (_, name) = self.word()?;
            let default = self.eat('=').then(|| self.value());
            fields.push(Field {
                name,
                ty: ty.clone(),
                doc,
                default,
            });
            match self.next()? {
                (Token::Sign(','), _) => {}
                _ => return Some(()),
            }
        }
    }

    fn enumeration(&mut self, doc: Option<Place>) -> Option<()> {
        let mut ty = self.named(doc)?;
        self.next();
        while !self.eat('}') {
            self.annotations();
            ty.symbols.push(self.word()?.1);
            self.eat(',');
        }
        if self.eat('=') {
            ty.default = Some(self.word()?.1);
            self.eat(';');
        }
        self.outline.types.push(ty);
        Some(())
    }

    /// The name of a type that is declared here.
    fn named(&mut self, doc: Option<Place>) -> Option<Type> {
        let (written, name) = self.word()?;
        let namespace = self.given.take().or_else(|| self.namespace.clone());
        Some(Type {
            fullname: fullname(namespace.as_deref(), written),
            name,
            doc,
            fields: Vec::new(),
            symbols: Vec::new(),
            default: None,
        })
    }

    /// See [`Outline::end`].
    fn end(&self) -> Option<usize> {
        let mut depth = 0_u32;
        for (token, _) in &self.tokens {
            match token {
                Token::Sign('{') => depth += 1,
                Token::Sign('}') => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        let last = self.tokens.last();
        match (depth, self.is_protocol) {
            (0, false) => Some(self.text.len()),
            (0, true) => last
                .filter(|(token, _)| *token == Token::Sign('}'))
                .map(|(_, place)| place.start),
            _ => None,
        }
    }

    /// A type where it is used.
    fn ty(&mut self) -> Option<Place> {
        self.annotations();
        let (word, Range { start, mut end }) = self.word()?;
        let (open, close) = match word.as_str() {
            "array" | "map" => ('<', '>'),
            "union" => ('{', '}'),
            _ => ('(', ')'),
        };
        if matches!(self.peek(), Some((Token::Sign(sign), _)) if sign == open) {
            end = self.balanced(open, close);
        }
        if let Some((Token::Sign('?'), question)) = self.peek() {
            end = question.end;
            self.at += 1;
        }
        Some(start..end)
    }

    /// A value in JSON.
    fn value(&mut self) -> Place {
        let start = self
            .peek()
            .map_or(self.text.len(), |(_, place)| place.start);
        let mut end = start;
        let mut depth = 0_u32;
        while let Some((token, place)) = self.peek() {
            match token {
                Token::Sign('{' | '[') => depth += 1,
                Token::Sign(',' | ';') if depth == 0 => break,
                Token::Sign('}' | ']') => depth = depth.saturating_sub(1),
                _ => {}
            }
            end = place.end;
            self.at += 1;
        }
        start..end
    }

    /// `@name(value)`, behind its sign.
    fn annotation(&mut self) {
        let name = self.word();
        let value = self.tokens.get(self.at + 1).map(|(token, _)| token);
        if let (Some((name, _)), Some(Token::Text(value))) = (name, value)
            && name == "namespace"
        {
            self.given = Some(value.trim_matches('"').to_owned());
        }
        self.balanced('(', ')');
    }

    fn annotations(&mut self) {
        while self.eat('@') {
            let given = self.given.take();
            self.annotation();
            self.given = given;
        }
    }

    /// The next word, without backticks; past whatever stands before it.
    fn word(&mut self) -> Option<(String, Place)> {
        loop {
            if let (Token::Word(word), place) = self.next()? {
                return Some((word.replace('`', ""), place));
            }
        }
    }

    fn next(&mut self) -> Option<(Token<'t>, Place)> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn peek(&self) -> Option<(Token<'t>, Place)> {
        self.tokens.get(self.at).cloned()
    }

    /// Takes the sign if it is next. The end of the text ends what stands open.
    fn eat(&mut self, sign: char) -> bool {
        let is_there = self
            .peek()
            .is_none_or(|(token, _)| token == Token::Sign(sign));
        self.at += usize::from(is_there);
        is_there
    }

    /// Past the bracket that closes the next one; where that is.
    fn balanced(&mut self, open: char, close: char) -> usize {
        let mut depth = 0_u32;
        while let Some((token, place)) = self.next() {
            match token {
                Token::Sign(sign) if sign == open => depth += 1,
                Token::Sign(sign) if sign == close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return place.end;
            }
        }
        self.text.len()
    }

    /// Past the next of these signs.
    fn until(&mut self, signs: &[char]) {
        while let Some((token, _)) = self.next() {
            if matches!(token, Token::Sign(sign) if signs.contains(&sign)) {
                return;
            }
        }
    }
}

/// The fullname of a type that is declared under this name.
fn fullname(namespace: Option<&str>, name: String) -> String {
    match namespace {
        Some(namespace) if !name.contains('.') && !namespace.is_empty() => {
            format!("{namespace}.{name}")
        }
        _ => name,
    }
}

/// The fullnames that a text declares by its keywords alone, whatever stands around them.
fn names(tokens: &[(Token<'_>, Place)]) -> Vec<String> {
    let token = |at: usize| tokens.get(at).map(|(token, _)| token);
    let plain = |word: &str| word.replace('`', "");
    let (mut namespace, mut given) = (None, None);
    let mut names = Vec::new();
    for at in 0..tokens.len() {
        let is_annotation = at > 0 && token(at - 1) == Some(&Token::Sign('@'));
        let [first, second, third] = [token(at), token(at + 1), token(at + 2)];
        match (first, second, third) {
            (Some(Token::Word("namespace")), _, Some(Token::Text(text))) if is_annotation => {
                given = Some(text.trim_matches('"').to_owned());
            }
            _ if is_annotation => {}
            (Some(Token::Word("namespace")), Some(Token::Word(name)), _) => {
                namespace = Some(plain(name));
            }
            (Some(Token::Word("protocol")), Some(Token::Word(name)), Some(Token::Sign('{'))) => {
                let name = plain(name);
                let of_name = name.rsplit_once('.').map(|(own, _)| own.to_owned());
                namespace = of_name.or(given.take());
            }
            (
                Some(Token::Word("record" | "error" | "enum" | "fixed")),
                Some(Token::Word(name)),
                Some(Token::Sign('{' | '(')),
            ) => {
                let own = given.take().or_else(|| namespace.clone());
                names.push(fullname(own.as_deref(), plain(name)));
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::Outline;

    #[test]
    fn names_are_found_behind_a_mistake() {
        let text = "@namespace(\"n\") protocol P { record A { strin } \
                    @aliases([\"x\"]) @namespace(\"m\") enum B { X } fixed `C`(2); error o.D { int \"; } \
                    record E { int a; }";
        assert_eq!(Outline::of(text).names, ["n.A", "m.B", "n.C", "o.D"]);
        let text = "namespace n; schema A; record A { @order(\"ignore\") int a = 1; } fixed B(1);";
        let outline = Outline::of(text);
        let types: Vec<_> = outline.types.iter().map(|ty| &ty.fullname).collect();
        assert_eq!(types, ["n.A", "n.B"]);
        assert_eq!(outline.names, ["n.A", "n.B"]);
    }
}
