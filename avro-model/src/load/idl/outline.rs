//! Avro IDL text → what it declares and imports, and where. Of a text with mistakes, what can be
//! made out; what is wrong with it is not said here.

use std::ops::Range;

use super::tokens::{Token, tokens};

/// What a file declares and imports.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The paths of imported files, as written, and where.
    pub(super) imports: Vec<(String, Place)>,
    pub(super) types: Vec<Type>,
    /// The type after `schema`.
    pub(super) main: Option<Place>,
}

/// A range of bytes.
pub(super) type Place = Range<usize>;

/// A declared type.
#[derive(Debug)]
pub(super) struct Type {
    pub(super) fullname: String,
    /// Its name.
    pub(super) name: Place,
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
    pub(super) default: Option<Place>,
}

impl Outline {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Self {
        let mut reader = Reader {
            text,
            tokens: tokens(text),
            at: 0,
            namespace: None,
            given: None,
            outline: Self::default(),
        };
        while reader.declaration().is_some() {}
        reader.outline
    }
}

struct Reader<'t> {
    text: &'t str,
    tokens: Vec<(Token<'t>, Place)>,
    /// The index of the next token.
    at: usize,
    /// The namespace of the protocol, or of the file.
    namespace: Option<String>,
    /// What `@namespace` gives to the next declaration.
    given: Option<String>,
    outline: Outline,
}

impl<'t> Reader<'t> {
    /// Reads up to the end of the next declaration; nothing at the end of the text.
    fn declaration(&mut self) -> Option<()> {
        let (token, _) = self.next()?;
        match token {
            Token::Sign('@') => self.annotation(),
            Token::Word("namespace") => self.namespace = Some(self.word()?.0),
            Token::Word("protocol") => self.protocol()?,
            Token::Word("import") => self.import()?,
            Token::Word("schema") => {
                self.outline.main = Some(self.ty()?);
                self.until(&[';']);
            }
            Token::Word("record" | "error") => self.record()?,
            Token::Word("enum") => self.enumeration()?,
            Token::Word("fixed") => {
                let ty = self.named()?;
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
        let (name, _) = self.word()?;
        let of_name = name
            .rsplit_once('.')
            .map(|(namespace, _)| namespace.to_owned());
        self.namespace = of_name.or(self.given.take());
        // Its declarations come next.
        self.next().map(|_| ())
    }

    fn import(&mut self) -> Option<()> {
        self.next();
        let (Token::Text(path), place) = self.next()? else {
            return Some(());
        };
        let path = path.trim_matches('"').to_owned();
        self.outline.imports.push((path, place));
        self.until(&[';']);
        Some(())
    }

    fn record(&mut self) -> Option<()> {
        let mut ty = self.named()?;
        self.next();
        while !self.eat('}') {
            self.fields(&mut ty.fields)?;
        }
        self.outline.types.push(ty);
        Some(())
    }

    /// A type, and the fields that have it.
    fn fields(&mut self, fields: &mut Vec<Field>) -> Option<()> {
        let ty = self.ty()?;
        loop {
            self.annotations();
            let (_, name) = self.word()?;
            let default = self.eat('=').then(|| self.value());
            fields.push(Field {
                name,
                ty: ty.clone(),
                default,
            });
            match self.next()? {
                (Token::Sign(','), _) => {}
                _ => return Some(()),
            }
        }
    }

    fn enumeration(&mut self) -> Option<()> {
        let mut ty = self.named()?;
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
    fn named(&mut self) -> Option<Type> {
        let (written, name) = self.word()?;
        let namespace = self.given.take().or_else(|| self.namespace.clone());
        let fullname = match namespace {
            Some(namespace) if !written.contains('.') && !namespace.is_empty() => {
                format!("{namespace}.{written}")
            }
            _ => written,
        };
        Some(Type {
            fullname,
            name,
            fields: Vec::new(),
            symbols: Vec::new(),
            default: None,
        })
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
