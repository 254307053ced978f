//! What somebody does who has just heard of this: the steps of the README, to the letter, in an empty
//! home, for every template.
//!
//! The machine's toolchain, its tools and the crates that it has downloaded serve; the network does
//! not. Whatever is compiled goes into one folder for all templates, which the next run finds again.

mod coverage;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const README: &str = include_str!("../../README.md");
const TEMPLATES: [&str; 5] = ["hello", "token", "escrow", "nft", "msig"];

fn checkout() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::canonicalize(root).expect("the checkout")
}

/// The README's blocks of shell commands under a heading, in their order.
fn steps(heading: &str) -> Vec<&'static str> {
    let (_, section) = README.split_once(heading).expect("the heading");
    let section = section.split("\n## ").next().expect("a section");
    let blocks = section.split("```sh\n").skip(1);
    blocks.filter_map(|it| it.split("```").next()).collect()
}

/// A folder of this user's outside of the empty home.
fn own(variable: &str, default: &str) -> PathBuf {
    let home = PathBuf::from(std::env::var_os("HOME").expect("a home"));
    std::env::var_os(variable).map_or_else(|| home.join(default), PathBuf::from)
}

/// An empty home with the crates that this machine has, outside of the checkout. A checkout has always
/// the same one: cargo compiles a crate again when its sources are at another path.
struct Home(PathBuf);

impl Home {
    fn new() -> Self {
        let checkout = checkout().display().to_string().replace(['/', '.'], "-");
        let home = own("VECHE_CACHE", ".cache/veche").join(format!("stranger{checkout}"));
        if home.exists() {
            fs::remove_dir_all(&home).expect("the home of the last run goes");
        }
        let cargo = home.join(".cargo");
        fs::create_dir_all(&cargo).expect("a folder");
        let registry = own("CARGO_HOME", ".cargo").join("registry");
        symlink(registry, cargo.join("registry")).expect("a link");
        Self(home)
    }

    fn run(&self, folder: &Path, script: &str) -> Output {
        let home = &self.0;
        let path = std::env::var("PATH").expect("a path");
        let bin = home.join(".cargo/bin");
        Command::new("sh")
            .args(["-euxc", script])
            .current_dir(folder)
            .env_clear()
            .env("HOME", home)
            .env("PATH", format!("{}:{path}", bin.display()))
            .env("RUSTUP_HOME", own("RUSTUP_HOME", ".rustup"))
            .env("VECHE_CACHE", own("VECHE_CACHE", ".cache/veche"))
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", checkout().join("target/stranger"))
            // The command is not measured here, and compiles sooner so.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .output()
            .expect("a shell")
    }

    fn must(&self, folder: &Path, script: &str) -> String {
        let output = self.run(folder, script);
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}\n{stdout}\n{stderr}");
        stdout
    }
}

#[test]
fn the_steps_of_the_readme_work_in_an_empty_home() {
    let [install, begin] = steps("## Start\n")[..] else {
        panic!("the README has another number of steps");
    };
    let home = Home::new();
    home.must(&checkout(), install);
    coverage::lines_are_exact(&home);
    for template in TEMPLATES {
        let name = match template {
            "hello" => "greeter".to_owned(),
            other => format!("my-{other}"),
        };
        let begin = begin
            .replace("new greeter", &format!("new greeter --template {template}"))
            .replace("greeter", &name);
        let said = home.must(&home.0, &begin);
        assert!(said.contains("test result: ok"), "{said}");
        assert!(!said.contains("running 0 tests\n\n\n"), "{said}");
        // The build's line: package, bytes, hash, file.
        let built = said.lines().last().expect("a line");
        assert!(built.starts_with(&format!("{name}  ")), "{said}");

        let project = home.0.join(&name);
        home.must(&project, "cargo fmt --check");
        let doctor = home.must(&project, "cargo antelope doctor");
        let sdk = format!("{}/crates/antelope-contract", checkout().display());
        assert!(doctor.contains(&sdk), "{doctor}");
        println!("{template}: {built}");
        if template == "token" {
            coverage::a_template_is_covered(&home, &project);
        }
    }
}
