//! Values that nobody asked for.

use super::JsonReader;
use crate::DecodeError;

impl JsonReader<'_> {
    /// Reads over a value of any shape, without recursion.
    pub fn skip_value(&mut self) -> Result<(), DecodeError> {
        // Whether each that is open is an object or an array, to match their ends; no more than
        // the text has bytes.
        let mut open: Vec<bool> = Vec::new();
        loop {
            match self.peek() {
                Some(b'{') => {
                    self.skip(1);
                    if !self.eat(b'}') {
                        open.push(true);
                        self.skip_key()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    self.skip(1);
                    if !self.eat(b']') {
                        open.push(false);
                        continue;
                    }
                }
                Some(b'"') => self.skip_string()?,
                Some(b't') if self.eat_literal("true") => {}
                Some(b'f') if self.eat_literal("false") => {}
                Some(b'n') if self.eat_literal("null") => {}
                _ => drop(self.number("a JSON value")?),
            }
            if !self.close(&mut open)? {
                return Ok(());
            }
        }
    }

    /// Goes on behind a value: closes what ends here. False if nothing is open any more.
    fn close(&mut self, open: &mut Vec<bool>) -> Result<bool, DecodeError> {
        while let Some(&object) = open.last() {
            if self.eat(b',') {
                if object {
                    self.skip_key()?;
                }
                return Ok(true);
            }
            let (end, what) = if object {
                (b'}', "`,` or `}`")
            } else {
                (b']', "`,` or `]`")
            };
            self.expect(end, what)?;
            open.pop();
        }
        Ok(false)
    }

    fn skip_key(&mut self) -> Result<(), DecodeError> {
        self.skip_string()?;
        self.expect(b':', "`:`")
    }

    fn skip_string(&mut self) -> Result<(), DecodeError> {
        self.string("a string").map(drop)
    }
}
