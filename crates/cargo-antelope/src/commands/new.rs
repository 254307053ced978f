//! `cargo antelope new`: a contract project whose build and tests pass at once.
//!
//! 1. Find the SDK: the checkout of `--sdk-path`, else that which PATH lies in, else that from which
//!    this command was installed.
//! 2. Write the template into the folder, which must not exist or be empty, under the package name of
//!    `--name` or of the folder.
//! 3. In a workspace, add the package to its members; elsewhere, make the folder a git repository.
//! 4. Say which commands come next.
//!
//! Exit codes: 0, and 1 where the name, the folder or the SDK cannot be used.
//!
//! The data has `package`, `folder`, `template`, `sdk` with the `checkout` and its `origin`, `workspace`
//! (null outside of one) and the `files` written.

use crate::arguments::New;
use crate::output::{CommandResult, Output};
use antelope_build::scaffold::{Origin, Project, Sdk};
use serde_json::json;

pub(crate) fn run(arguments: &New, output: &mut Output) -> CommandResult {
    let sdk = Sdk::find(arguments.sdk_path.as_deref(), &arguments.path)?;
    let mut project = Project::new(&arguments.path, sdk, arguments.template.template());
    if let Some(name) = &arguments.name {
        project.name.clone_from(name);
    }
    let created = project.create()?;
    let folder = project.folder.display().to_string();
    if let (Some(checkout), Origin::Installed) = (&project.sdk.checkout, project.sdk.origin) {
        output.say(&format!(
            "the SDK is that of {}, from which this command was installed",
            checkout.display()
        ));
    }
    if let Some(workspace) = &created.workspace {
        output.say(&format!("added to the workspace {}", workspace.display()));
    }
    output.say(&format!(
        "next: cd {} && cargo test && cargo antelope build",
        quoted(&folder)
    ));
    let data = json!({
        "package": project.name,
        "folder": folder,
        "template": project.template.name(),
        "sdk": { "origin": project.sdk.origin, "checkout": project.sdk.checkout },
        "workspace": created.workspace,
        "files": created.files,
    });
    Ok((data, format!("{}  {folder}", project.name)))
}

/// The text as one word of a POSIX shell, for a command that is meant to be copied. Quoted only where
/// it must be.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    match text.chars().all(is_plain) && !text.starts_with('-') {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_shell_takes_a_path_for_one_word() {
        assert_eq!(quoted("contracts/вече"), "contracts/вече");
        assert_eq!(quoted("my project"), "'my project'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
