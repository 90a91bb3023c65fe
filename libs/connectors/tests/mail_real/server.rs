//! A Postfix and a Dovecot of the test's own: private folders, free ports, certificates of a made-up authority.
//!
//! Facts about both, found by running them: with `recipient_delimiter = +` Dovecot's LMTP delivers `local+tag@` to
//! `local@` and keeps the tag in `Delivered-To`; to somebody it does not know it says 550, and Postfix writes the bounce.

use connectors::egress::{Addresses, Lookup};
use connectors::mail::{Account, Mail, Security};
use lettre::address::Envelope;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// The name in the server's certificate.
pub const NAME: &str = "mail.barx.test";
/// Another name that leads to the same machine.
pub const OTHER_NAME: &str = "otro.barx.test";
/// The mailbox.
pub const USER: &str = "hola@barx.test";
const PASSWORD: &str = "secr\"eto\\ñ";
/// Nobody's user and group on Debian.
const NOBODY: u32 = 65_534;

/// Every name is this machine.
struct Here;

impl Lookup for Here {
    fn lookup(&self, _: &str) -> Addresses {
        Box::pin(async { Ok(vec![[127, 0, 0, 1].into()]) })
    }
}

/// Running servers. Dropped, they are stopped and their folders removed.
pub struct Servers {
    folder: TempDir,
    imap: u16,
    imaps: u16,
    smtp: u16,
    authority: String,
}

impl Servers {
    /// Starts both, or says why that cannot be done here.
    pub async fn start() -> Option<Self> {
        if let Some(reason) = missing() {
            eprintln!("skipped: {reason}");
            return None;
        }
        let folder = tempfile::Builder::new().prefix("timon-mail").tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let [imap, imaps, smtp, lmtp] = free_ports();
        let authority = certificates(folder.path());
        let servers = Self { folder, imap, imaps, smtp, authority };
        servers.write_dovecot(lmtp);
        servers.write_postfix(lmtp);
        servers.start_dovecot().await;
        let postfix = servers.path("postfix");
        assert!(starts(Command::new("/usr/sbin/postfix").arg("-c").arg(postfix).arg("start")));
        Some(servers)
    }

    /// A client that trusts the made-up authority and may come here.
    pub fn mail(&self) -> Mail {
        self.client(Some(&self.authority))
    }

    /// A client that trusts nobody new.
    pub fn distrustful_mail(&self) -> Mail {
        self.client(None)
    }

    fn client(&self, roots: Option<&str>) -> Mail {
        let mut allowed = Vec::new();
        for name in [NAME, OTHER_NAME] {
            allowed.push(format!("{name}:{}", self.imap));
            allowed.push(format!("{name}:{}", self.imaps));
        }
        let mail = Mail::with_lookup(allowed, roots, Arc::new(Here)).unwrap();
        mail.with_turns(Duration::from_mins(1), Duration::from_millis(200))
    }

    /// The mailbox, reached in a way.
    pub fn account(&self, security: Security) -> Account {
        Account {
            host: NAME.to_owned(),
            port: if security == Security::Tls { self.imaps } else { self.imap },
            security,
            user: USER.to_owned(),
            password: PASSWORD.to_owned(),
            folder: "INBOX".to_owned(),
        }
    }

    /// Hands a letter to Postfix.
    pub async fn send(&self, from: &str, to: &str, letter: &str) {
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(self.smtp).build();
        let envelope = Envelope::new(Some(from.parse().unwrap()), vec![to.parse().unwrap()]).unwrap();
        let letter = letter.replace('\n', "\r\n");
        transport.send_raw(&envelope, letter.as_bytes()).await.unwrap();
    }

    /// The way to Postfix, as an operator would write it.
    pub fn relay_url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.smtp)
    }

    /// Asks Dovecot's own tool to do something.
    pub fn doveadm(&self, arguments: &[&str]) -> Output {
        succeeds(Command::new("doveadm").arg("-c").arg(self.path("dovecot.conf")).args(arguments))
    }

    /// Ends Dovecot without a warning, as a crash would.
    pub fn kill_dovecot(&self) {
        let pid = std::fs::read_to_string(self.path("run/master.pid")).unwrap();
        let pid = pid.trim();
        // The master alone would leave its children, which hold the connections.
        let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
        // The shell's own `kill`: there may be no program of that name.
        let line = format!("kill -KILL {pid} {children}");
        let _ = Command::new("sh").args(["-c", &line]).stderr(Stdio::null()).status();
    }

    /// Starts Dovecot; one that was killed needs a moment to give its ports back.
    pub async fn start_dovecot(&self) {
        let mut tries = tokio::time::interval(Duration::from_millis(100));
        for _ in 0..100 {
            tries.tick().await;
            if starts(Command::new("/usr/sbin/dovecot").arg("-c").arg(self.path("dovecot.conf"))) {
                return;
            }
        }
        panic!("Dovecot does not start");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write_dovecot(&self, lmtp: u16) {
        for name in ["run", "state", "mail"] {
            std::fs::create_dir(self.path(name)).unwrap();
        }
        chown(self.path("mail"), Some(NOBODY), Some(NOBODY)).unwrap();
        std::fs::write(self.path("users"), format!("{USER}:{{PLAIN}}{PASSWORD}\n")).unwrap();
        let folder = self.folder.path().display();
        let (imap, imaps) = (self.imap, self.imaps);
        let text = format!(
            "base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = {folder}/dovecot.log\n\
             protocols = imap lmtp\nlisten = 127.0.0.1\nssl = yes\nssl_cert = <{folder}/cert.pem\n\
             ssl_key = <{folder}/key.pem\nauth_mechanisms = plain login\nfirst_valid_uid = 1\n\
             mail_location = maildir:{folder}/mail/%u\nrecipient_delimiter = +\n\
             passdb {{\n driver = passwd-file\n args = username_format=%u {folder}/users\n}}\n\
             userdb {{\n driver = static\n args = uid={NOBODY} gid={NOBODY} home={folder}/mail/%u\n}}\n\
             service imap-login {{\n chroot =\n inet_listener imap {{\n port = {imap}\n }}\n\
             inet_listener imaps {{\n port = {imaps}\n ssl = yes\n }}\n}}\n\
             service lmtp {{\n inet_listener lmtp {{\n address = 127.0.0.1\n port = {lmtp}\n }}\n}}\n"
        );
        std::fs::write(self.path("dovecot.conf"), text).unwrap();
    }

    fn write_postfix(&self, lmtp: u16) {
        for name in ["postfix", "queue", "data"] {
            std::fs::create_dir(self.path(name)).unwrap();
        }
        succeeds(Command::new("chown").arg("postfix").arg(self.path("data")));
        let folder = self.folder.path().display();
        let text = format!(
            "compatibility_level = 3.6\nqueue_directory = {folder}/queue\ndata_directory = {folder}/data\n\
             daemon_directory = /usr/lib/postfix/sbin\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n\
             myhostname = mx.barx.test\nmydomain = barx.test\nmydestination =\nmynetworks = 127.0.0.0/8\n\
             alias_maps =\nalias_database =\nvirtual_mailbox_domains = barx.test\n\
             virtual_transport = lmtp:inet:127.0.0.1:{lmtp}\ndefault_transport = error:5.1.2 no such place\n\
             recipient_delimiter = +\nbiff = no\nmaillog_file = {folder}/postfix.log\n\
             maillog_file_prefixes = {folder}\n"
        );
        std::fs::write(self.path("postfix/main.cf"), text).unwrap();
        let services = [
            "cleanup unix n - n - 0 cleanup",
            "qmgr unix n - n 300 1 qmgr",
            "tlsmgr unix - - n 1000? 1 tlsmgr",
            "rewrite unix - - n - - trivial-rewrite",
            "bounce unix - - n - 0 bounce",
            "defer unix - - n - 0 bounce",
            "trace unix - - n - 0 bounce",
            "verify unix - - n - 1 verify",
            "proxymap unix - - n - - proxymap",
            "proxywrite unix - - n - 1 proxymap",
            "error unix - - n - - error",
            "retry unix - - n - - error",
            "lmtp unix - - n - - lmtp",
            "anvil unix - - n - 1 anvil",
            "scache unix - - n - 1 scache",
            "postlog unix-dgram n - n - 1 postlogd",
        ];
        let text = format!("127.0.0.1:{} inet n - n - - smtpd\n{}\n", self.smtp, services.join("\n"));
        std::fs::write(self.path("postfix/master.cf"), text).unwrap();
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        let quiet = |command: &mut Command| {
            let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        };
        if std::thread::panicking() {
            for name in ["dovecot.log", "postfix.log"] {
                eprintln!("{name}:\n{}", std::fs::read_to_string(self.path(name)).unwrap_or_default());
            }
        }
        quiet(Command::new("/usr/sbin/postfix").arg("-c").arg(self.path("postfix")).arg("stop"));
        quiet(Command::new("doveadm").arg("-c").arg(self.path("dovecot.conf")).arg("stop"));
    }
}

/// Why these tests cannot run here.
fn missing() -> Option<&'static str> {
    if !Path::new("/usr/sbin/dovecot").is_file() || !Path::new("/usr/sbin/postfix").is_file() {
        return Some("Postfix and Dovecot are not installed (postfix, dovecot-imapd, dovecot-lmtpd)");
    }
    let version = Command::new("/usr/sbin/dovecot").arg("--version").output().ok()?;
    if !version.stdout.starts_with(b"2.3") {
        return Some("this test writes the configuration of Dovecot 2.3");
    }
    let user = Command::new("id").arg("-u").output().ok()?;
    (user.stdout.trim_ascii() != b"0").then_some("Postfix only starts for root")
}

fn free_ports() -> [u16; 4] {
    // All at once, so that none is given twice.
    let listeners = [(); 4].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

/// Writes a certificate for [`NAME`], gives back its authority's.
fn certificates(folder: &Path) -> String {
    let mut parameters = CertificateParams::new(Vec::new()).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = parameters.self_signed(&key).unwrap();
    let issuer = Issuer::new(parameters, key);
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec![NAME.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    std::fs::write(folder.join("cert.pem"), certificate.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
    authority.pem()
}

fn succeeds(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// For what stays behind as a daemon: it would keep our pipes open, and reading them to their end would never end.
fn starts(command: &mut Command) -> bool {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    status.success()
}
