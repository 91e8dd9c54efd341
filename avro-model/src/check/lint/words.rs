//! Names → the words that they are made of, as generators of code see them.

/// The words of a name, in lower case: `orderID`, `order_id` and `OrderId` are `order`, `id`.
/// Digits belong to the word before them.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in name.split('_').filter(|part| !part.is_empty()) {
        let letters: Vec<char> = part.chars().collect();
        let mut word = String::new();
        for (index, &letter) in letters.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| letters[before]);
            let next_is_lower = letters.get(index + 1).is_some_and(char::is_ascii_lowercase);
            let begins = letter.is_ascii_uppercase()
                && before.is_some_and(|before| !before.is_ascii_uppercase() || next_is_lower);
            if begins {
                words.push(std::mem::take(&mut word));
            }
            word.push(letter.to_ascii_lowercase());
        }
        words.push(word);
    }
    words
}

/// `OrderId`
pub(super) fn upper_camel(words: &[String]) -> String {
    words.iter().map(|word| capital(word)).collect()
}

/// `orderId`
pub(super) fn lower_camel(words: &[String]) -> String {
    let (first, rest) = words.split_at(words.len().min(1));
    first.concat() + &upper_camel(rest)
}

/// `order_id`
pub(super) fn snake(words: &[String]) -> String {
    words.join("_")
}

/// The word with a capital letter at its beginning.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{lower_camel, snake, upper_camel, words};

    #[test]
    fn words_begin_at_underscores_and_capital_letters() {
        for (name, expected) in [
            ("order_id", "order id"),
            ("orderID", "order id"),
            ("HTTPServer2Go", "http server2 go"),
            ("_id", "id"),
            ("QoS", "qo s"),
            ("UPPER_CASE", "upper case"),
            ("__", ""),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn words_are_put_together_in_three_styles() {
        let words = words("max_retryCount");
        assert_eq!(upper_camel(&words), "MaxRetryCount");
        assert_eq!(lower_camel(&words), "maxRetryCount");
        assert_eq!(snake(&words), "max_retry_count");
    }
}
