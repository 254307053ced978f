use super::*;

const TEXT: &str = "\
//! A contract.
#[contract]
pub mod shop {
    /// Buys.
    #[action]
    pub fn buy(
        who: Name,
    ) {
        let double = |n| n * 2;
        fn inner() { deep() }
        done();
    }
}
impl<'a> From<&'a str> for Memo<'a> {
    fn from(_: &'a str) -> Self { make() }
}
trait Pays { fn pays(&self); fn rich(&self) -> bool { true } }
";

#[test]
fn lines_belong_to_the_innermost_function() {
    let source = Source::read(TEXT).expect("a file");
    let names: Vec<_> = source.functions.iter().map(|it| it.name.as_str()).collect();
    let expected = ["shop::buy", "shop::buy::inner", "Memo::from", "Pays::rich"];
    assert_eq!(names, expected);
    let counted = |line| Some(source.function(source.counted(line)?).name.as_str());
    assert_eq!(counted(2), None);
    assert_eq!(counted(9), Some("shop::buy"));
    assert_eq!(counted(10), Some("shop::buy::inner"));
    assert_eq!(counted(12), None, "a bracket");
    assert_eq!(counted(15), Some("Memo::from"));
    assert_eq!(source.function(0).kind, FunctionKind::Action);
    assert!(source.is_itself(0, 6, "buy"));
    assert!(!source.is_itself(0, 9, "{closure#0}"));
}

#[test]
fn what_is_not_rust_has_no_functions() {
    assert!(Source::read("fn (").is_none());
}
