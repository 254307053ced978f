use antelope_types::{Name, name};

const UPPER_CASE: Name = name!("Alice");
const DIGIT: Name = name!("alice0");
const TOO_LONG: Name = name!("abcdefghijklmn");
const THIRTEENTH: Name = name!("abcdefghijklk");
const TRAILING_DOT: Name = name!("alice.");
const CYRILLIC: Name = name!("алиса");
const NUMBER: Name = name!(5);

fn main() {}
