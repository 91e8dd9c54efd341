//! Text → the values that hold no others.

use super::parse::{Parser, Read, mistake};
use super::{Kind, Value, quote};

impl Parser<'_> {
    /// A string, number, `true`, `false` or `null`.
    pub(super) fn scalar(&mut self) -> Read<Value> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'"') => Kind::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.keyword()?,
        };
        Ok(Value {
            span: self.span(start, self.at),
            kind,
        })
    }

    pub(super) fn string(&mut self) -> Read<String> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest
                .find(|c: char| c == '"' || c == '\\' || c < ' ')
                .unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(b'\n' | b'\r') | None => {
                    let line = self.span(start, self.at);
                    return Err(mistake(
                        line,
                        "this string is not closed on its line",
                        "close it with `\"`; write a line break as `\\n`",
                    ));
                }
                Some(control) => {
                    let place = self.span(self.at, self.at + 1);
                    return Err(mistake(
                        place,
                        "a control character stands bare in a string",
                        &format!("write it as `\\u{control:04x}`"),
                    ));
                }
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let start = self.at;
        self.at += 1;
        let escaped = self.peek();
        self.at += self.text[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        Ok(match escaped {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => {
                let place = self.span(start, self.at);
                return Err(mistake(
                    place,
                    "JSON has no such escape",
                    "write a backslash as `\\\\`",
                ));
            }
        })
    }

    /// The character of `\uXXXX`, or of two of them that make a surrogate pair.
    fn unicode_escape(&mut self, start: usize) -> Read<char> {
        let unit = self.hex4();
        let code = match unit {
            Some(high @ 0xD800..0xDC00) if self.text[self.at..].starts_with("\\u") => {
                self.at += 2;
                let low = self.hex4().filter(|low| (0xDC00..0xE000).contains(low));
                low.map(|low| 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            }
            unit => unit,
        };
        code.and_then(char::from_u32).ok_or_else(|| {
            mistake(
                self.span(start, self.at),
                "this escape is no character",
                "`\\u` takes four hexadecimal digits; a surrogate needs its pair",
            )
        })
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) -> Read<Kind> {
        let start = self.at;
        self.eat(b'-');
        let whole = self.at;
        let digits = self.digits();
        let mut valid = digits == 1 || (digits > 1 && self.text.as_bytes()[whole] != b'0');
        if self.eat(b'.') {
            valid &= self.digits() > 0;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            valid &= self.digits() > 0;
        }
        if !valid {
            let place = self.span(start, self.at);
            return Err(mistake(
                place,
                "this is no JSON number",
                "write digits without leading zeros, and at least one on both sides of a point",
            ));
        }
        Ok(Kind::Number(self.text[start..self.at].to_owned()))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn keyword(&mut self) -> Read<Kind> {
        let word = self.word();
        let kind = match word {
            "null" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            word => {
                let finding = *self.unexpected("a value");
                return Err(Box::new(match self.meant(word) {
                    Some(note) => finding.note(note),
                    None => finding,
                }));
            }
        };
        self.at += word.len();
        Ok(kind)
    }

    /// What to write in place of a word, or of what other languages begin a value with.
    fn meant(&self, word: &str) -> Option<String> {
        match word {
            "True" | "TRUE" | "False" | "FALSE" | "Null" | "NULL" => {
                Some(format!("did you mean `{}`?", word.to_lowercase()))
            }
            "None" | "nil" | "undefined" => Some("did you mean `null`?".to_owned()),
            "NaN" | "Infinity" => Some("JSON has no such number".to_owned()),
            "" => match self.peek()? {
                b'\'' | b'`' => Some("JSON has double quotes".to_owned()),
                b'.' | b'+' => Some("begin the number with a digit".to_owned()),
                _ => None,
            },
            name => Some(format!("write a name in double quotes: {}", quote(name))),
        }
    }

    /// The letters, digits and underscores that start here.
    pub(super) fn word(&self) -> &str {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        &rest[..end]
    }
}
