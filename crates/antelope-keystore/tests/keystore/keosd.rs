//! A real keosd, by HTTP and by its socket.

use super::{OTHER, passphrase};
use antelope_keys::{Signer, signing};
use antelope_keystore::{Keosd, Wallet};
use antelope_node::find_program;
use antelope_rpc_client::Client;
use antelope_types::Checksum256;
use serde_json::{Value, json};
use std::fs::File;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A keosd that ends with the test.
struct Daemon {
    process: Child,
    folder: TempDir,
    url: String,
}

impl Daemon {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        drop(listener);
        let folder = tempfile::tempdir().unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let process = Command::new(find_program("keosd").unwrap_or_else(|e| panic!("{e}")))
            .args(["--http-server-address", &address])
            .args(["--unix-socket-path", "keosd.sock"])
            .args(["--data-dir", ".", "--config-dir", "."])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn();
        let daemon = Self {
            process: process.unwrap(),
            folder,
            url: format!("http://{address}"),
        };
        let start = Instant::now();
        let client = Client::new(&daemon.url).unwrap();
        while client
            .call::<Value>("/v1/wallet/list_wallets", &json!({}))
            .is_err()
        {
            assert!(start.elapsed() < Duration::from_secs(60), "no keosd");
            sleep(Duration::from_millis(50));
        }
        daemon
    }

    fn call(&self, call: &str, request: &impl serde::Serialize) -> Value {
        let client = Client::new(&self.url).unwrap();
        client.call(&format!("/v1/wallet/{call}"), request).unwrap()
    }

    fn socket(&self) -> String {
        format!("unix://{}/keosd.sock", self.folder.path().display())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn keys_of_an_unlocked_wallet_sign_by_http_and_by_socket() {
    let daemon = Daemon::start();
    for address in [daemon.url.clone(), daemon.socket()] {
        let keosd = Keosd::new(&address).unwrap();
        assert!(keosd.wallets().unwrap().is_empty());
        assert_eq!(keosd.signers().unwrap_err().code(), "keys.wallet");
    }
    let password = daemon.call("create", &"default");
    let password = passphrase(password.as_str().unwrap());
    let (one, two) = (
        signing::generate_k1().unwrap(),
        signing::generate_r1().unwrap(),
    );
    for key in [&one, &two] {
        let text = key.to_legacy_text().unwrap_or_else(|| key.to_text());
        daemon.call("import_key", &("default", text));
    }
    let digest = Checksum256::sha256(b"what is signed");
    let wallets = |is_unlocked| {
        let name = "default".to_owned();
        [Wallet { name, is_unlocked }]
    };
    for address in [daemon.url.clone(), daemon.socket()] {
        let keosd = Keosd::new(&address).unwrap();
        assert_eq!(keosd.address(), address);
        assert_eq!(keosd.wallets().unwrap(), wallets(true));
        let signers = keosd.signers().unwrap();
        assert_eq!(signers.len(), 2);
        for signer in signers {
            let signature = signer.sign(&digest).unwrap();
            let signed_by = signing::recover(&digest, &signature).unwrap();
            assert_eq!(signed_by, signer.public_key());
            assert!([one.public_key(), two.public_key()].contains(&signed_by));
        }

        let signer = keosd.signers().unwrap().remove(0);
        keosd.lock("default").unwrap();
        assert_eq!(keosd.wallets().unwrap(), wallets(false));
        let error = signer.sign(&digest).unwrap_err().to_string();
        assert!(error.contains("wallet"), "{error}");
        // All are locked, which keosd says with an error.
        let error = keosd.signers().unwrap_err();
        assert_eq!(error.code(), "keys.wallet", "{error}");
        let error = keosd.unlock("default", &passphrase(OTHER)).unwrap_err();
        assert_eq!(error.code(), "keys.keosd");
        assert!(!format!("{error} {error:?}").contains(OTHER));
        keosd.unlock("default", &password).unwrap();
        assert_eq!(keosd.public_keys().unwrap().len(), 2);
        // Opening it again locks it.
        keosd.open("default").unwrap();
        assert_eq!(keosd.wallets().unwrap(), wallets(false));
        keosd.unlock("default", &password).unwrap();
        let error = keosd.open("none").unwrap_err();
        assert_eq!(error.code(), "keys.keosd");
    }
}

#[test]
fn addresses_that_lead_nowhere_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("unix://{}/none.sock", folder.path().display());
    let error = Keosd::new(&nowhere).unwrap().public_keys().unwrap_err();
    assert_eq!(error.code(), "keys.keosd");
    assert!(error.hint().is_some() && error.to_string().contains(&nowhere));
    for bad in ["unix://keosd.sock", "unix://", "keosd", "ftp://127.0.0.1"] {
        assert_eq!(Keosd::new(bad).unwrap_err().code(), "keys.keosd", "{bad}");
    }
}
