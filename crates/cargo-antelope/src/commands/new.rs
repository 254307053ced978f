//! `cargo antelope new`

use std::path::Path;

use antelope_build::scaffold::{Project, Sdk};
use serde_json::json;

use crate::arguments::New;
use crate::output::{Outcome, Output};

pub(crate) fn run(arguments: &New, output: &mut Output) -> Outcome {
    let sdk = arguments
        .sdk_path
        .clone()
        .map_or_else(|| Sdk::near(Path::new(".")), Sdk::Path);
    let mut project = Project::new(&arguments.path, sdk);
    if let Some(name) = &arguments.name {
        project.name.clone_from(name);
    }
    let files = project.create()?;
    let folder = project.folder.display().to_string();
    output.say(&format!(
        "next: cd {folder} && cargo test && cargo antelope build"
    ));
    let data = json!({ "package": project.name, "folder": folder, "files": files });
    Ok((data, format!("{}  {folder}", project.name)))
}
