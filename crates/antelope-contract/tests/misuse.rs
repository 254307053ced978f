//! What the compiler says to those who use the SDK wrongly: one file for each mistake.

#[test]
fn is_explained() {
    trybuild::TestCases::new().compile_fail("tests/misuse/*.rs");
}
