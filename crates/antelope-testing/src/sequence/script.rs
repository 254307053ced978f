//! A sequence as the source of a test, to be pasted into a file.
//!
//! Actions are written as JSON by the ABI where that gives the same bytes again, else with their
//! bytes, so that the test always does exactly what was found.

use super::Step;
use antelope_chain::Chain;
use antelope_types::{Action, Name, PermissionLevel};
use serde::Serialize;
use serde_json::Value;
use serde_json::ser::Formatter;
use std::fmt::Write;
use std::io;
use std::time::Duration;

/// The source of a test that does these steps. Each is executed here on a fork, since a step may
/// change an ABI, and to know whether it is refused.
pub(super) fn script(chain: &Chain, steps: &[Step], reason: &str) -> String {
    let mut chain = chain.clone();
    let mut lines = String::new();
    for step in steps {
        // By the ABI of this moment, before the step changes it.
        let call = match step {
            Step::Push(actions) => format!("chain.push({})", list(&chain, actions)),
            Step::Advance(time) => format!("chain.advance({})", duration(*time)),
            Step::ProduceBlock => "chain.produce_block()".to_owned(),
        };
        // Writing into a string cannot fail.
        let _ = match step.run(&mut chain) {
            Ok(_) => writeln!(lines, "    {call}?;"),
            Err(failure) => writeln!(lines, "    // refused: {failure}\n    {call}.unwrap_err();"),
        };
    }
    for line in reason.lines() {
        let _ = writeln!(lines, "    // now: {line}");
    }
    format!(
        "#[test]\n\
         fn found_by_chance() -> Result<(), Box<dyn std::error::Error>> {{\n    \
             let mut chain = chain(); // what the sequence began with\n\
         {lines}    \
             Ok(())\n\
         }}\n"
    )
}

/// The argument of `chain.push`.
fn list(chain: &Chain, actions: &[Action]) -> String {
    match actions {
        [one] => action(chain, one),
        many => {
            let lines = many
                .iter()
                .map(|one| format!("        {},\n", action(chain, one)));
            format!("[\n{}    ]", lines.collect::<String>())
        }
    }
}

/// The source of an action.
fn action(chain: &Chain, action: &Action) -> String {
    let Action {
        account,
        name,
        authorization,
        data,
    } = action;
    let (account, name) = (quoted(*account), quoted(*name));
    let arguments = chain.arguments_json(action).ok().filter(|arguments| {
        let again = chain.action(
            action.account,
            action.name,
            action.authorization.clone(),
            arguments,
        );
        again.is_ok_and(|again| again.data == *data)
    });
    match arguments {
        Some(arguments) => {
            let (levels, json) = (levels(authorization), object(chain, action, &arguments));
            format!("chain.action({account}, {name}, {levels}, &json!({json}))?")
        }
        None => {
            let levels: Vec<_> = authorization.iter().map(level).collect();
            format!(
                "Action {{ account: {account}, name: {name}, authorization: vec![{}], data: vec!{data:?} }}",
                levels.join(", ")
            )
        }
    }
}

/// The authorization, in the shortest form that [`antelope_types::IntoAuthorization`] accepts.
fn levels(levels: &[PermissionLevel]) -> String {
    match levels {
        [one] if *one == PermissionLevel::active(one.actor) => quoted(one.actor),
        [one] => level(one),
        [] => "[] as [PermissionLevel; 0]".to_owned(),
        many => {
            let levels: Vec<_> = many.iter().map(level).collect();
            format!("[{}]", levels.join(", "))
        }
    }
}

/// A permission level.
fn level(level: &PermissionLevel) -> String {
    let (actor, permission) = (quoted(level.actor), quoted(level.permission));
    format!("PermissionLevel::new({actor}, {permission})")
}

/// A name.
fn quoted(name: Name) -> String {
    format!("name!(\"{name}\")")
}

/// A duration in seconds, or in milliseconds where it has a fraction.
fn duration(time: Duration) -> String {
    match time.subsec_millis() {
        0 => format!("Duration::from_secs({})", time.as_secs()),
        _ => format!("Duration::from_millis({})", time.as_millis()),
    }
}

/// The arguments in the order of the ABI's fields: `serde_json` sorts them by name.
fn object(chain: &Chain, action: &Action, arguments: &Value) -> String {
    let in_order = || {
        let abi = chain.abi(action.account).ok()?;
        let of_action = abi.definition().find_action(action.name)?;
        let fields = &abi.definition().find_struct(&of_action.ty)?.fields;
        let given = arguments.as_object()?;
        let fields = fields.iter().map(|field| {
            let value = json(given.get(&field.name)?);
            Some(format!("{:?}: {value}", field.name))
        });
        let fields = fields.collect::<Option<Vec<_>>>()?;
        (fields.len() == given.len()).then(|| format!("{{ {} }}", fields.join(", ")))
    };
    in_order().unwrap_or_else(|| json(arguments))
}

/// JSON on one line with spaces after commas and colons, as people write it.
fn json(value: &Value) -> String {
    /// The formatter that adds the spaces.
    struct Spaced;

    impl Spaced {
        fn separate<W: ?Sized + io::Write>(out: &mut W, first: bool) -> io::Result<()> {
            out.write_all(if first { b"" } else { b", " })
        }
    }

    impl Formatter for Spaced {
        fn begin_array_value<W: ?Sized + io::Write>(
            &mut self,
            out: &mut W,
            first: bool,
        ) -> io::Result<()> {
            Self::separate(out, first)
        }

        fn begin_object_key<W: ?Sized + io::Write>(
            &mut self,
            out: &mut W,
            first: bool,
        ) -> io::Result<()> {
            Self::separate(out, first)
        }

        fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
            out.write_all(b": ")
        }
    }

    let mut bytes = Vec::new();
    let mut out = serde_json::Serializer::with_formatter(&mut bytes, Spaced);
    match value.serialize(&mut out) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => value.to_string(),
    }
}
