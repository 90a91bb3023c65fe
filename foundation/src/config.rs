//! Configuration: a TOML file and `TIMON_…` variables over defaults that work. This is the only place that reads the
//! environment. Unknown keys are errors, every error says what to write instead, and `timon doctor` shows each value
//! with where it came from.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Every setting, with its default and what it is for. The names are the TOML keys; the variable is `TIMON_` and the
/// name in capitals.
pub const SETTINGS: &[(&str, &str, &str)] = &[
    ("data_dir", "timon-data", "folder of the database, the uploads and the secret key"),
    ("database", "", "postgres://… to use PostgreSQL 15 or newer; empty for the embedded SQLite"),
    ("listen", "127.0.0.1:8420", "address and port of the pages"),
    (
        "public_url",
        "",
        "the address people type, such as https://timon.example; empty for http://localhost:PORT",
    ),
    (
        "insecure_http",
        "false",
        "true to allow sign-in over plain http from other machines (only on a network you trust)",
    ),
    (
        "trusted_proxies",
        "",
        "addresses of reverse proxies whose X-Forwarded-For is believed, separated by commas",
    ),
    (
        "allow_private",
        "",
        "host:port or network (10.0.0.0/8) that feeds may be fetched from although it is private",
    ),
    (
        "smtp_url",
        "",
        "the mail server that notices leave through: smtps://user:password@host; empty for no mail",
    ),
    ("mail_from", "", "who the mail comes from, such as Timón <timon@example.org>"),
    (
        "dkim_key_file",
        "",
        "file with the private key (PEM) that mail is signed with (DKIM); empty for mail that is not signed here",
    ),
    ("dkim_selector", "timon", "the name of the public key in the DNS: SELECTOR._domainkey.DOMAIN"),
    ("telegram_token", "", "the token of your Telegram bot; empty for no Telegram"),
    (
        "telegram_url",
        "https://api.telegram.org",
        "where Telegram's bots are, or a Bot API server of your own",
    ),
    ("upload_mb_max", "100", "largest file that can be imported, in megabytes"),
    (
        "classifier",
        "",
        "a classifier of your own for texts the model is unsure of: an ONNX file, with its description beside it as .json",
    ),
    ("log", "info", "error, warn, info, debug or trace; or a filter such as timon=debug"),
    ("log_format", "text", "text, or json for machines"),
];

/// The mail server, as the operator wrote it. Never printed: the address holds a password.
#[derive(Clone)]
pub struct MailSettings {
    /// `smtp[s]://user:password@host:port`.
    pub url: String,
    /// Who writes.
    pub from: String,
}

/// The key that mail is signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DkimSettings {
    /// Where the private key lies, as PEM.
    pub key_file: PathBuf,
    /// The name of the public key in the DNS of the sender's domain.
    pub selector: String,
}

/// The Telegram bot. Never printed.
#[derive(Clone)]
pub struct TelegramSettings {
    /// Where bots are; no slash at the end.
    pub url: String,
    /// The bot's token.
    pub token: String,
}

/// Settings whose values hold a password or are one: `doctor` does not show them.
pub const SECRET_SETTINGS: &[&str] = &["smtp_url", "telegram_token"];

/// The validated settings.
#[derive(Clone)]
pub struct Config {
    /// Folder of the database, the uploads and the secret key.
    pub data_dir: PathBuf,
    /// PostgreSQL address, when it is used.
    pub database: Option<String>,
    /// Where the pages are served.
    pub listen: SocketAddr,
    /// The address people type; no slash at the end.
    pub public_url: String,
    /// Whether cookies may travel over plain http from other machines.
    pub insecure_http: bool,
    /// Proxies whose forwarded addresses are believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Private places that may be fetched from.
    pub allow_private: Vec<String>,
    /// The mail server, when there is one.
    pub mail: Option<MailSettings>,
    /// The key that mail is signed with, when there is one.
    pub dkim: Option<DkimSettings>,
    /// The Telegram bot, when there is one.
    pub telegram: Option<TelegramSettings>,
    /// Largest import, bytes.
    pub upload_bytes_max: u64,
    /// The operator's own classifier.
    pub classifier: Option<PathBuf>,
    /// Log filter.
    pub log: String,
    /// Whether logs are JSON.
    pub log_json: bool,
    /// The language of the terminal (`es`, `en`), from the system's locale.
    pub terminal_language: String,
    /// E-mail and password shown at sign-in, for the demonstration only. No setting: `timon demo` fills it.
    pub demo: Option<(String, String)>,
    /// Each setting as given, and where it came from.
    pub origins: BTreeMap<&'static str, (String, Origin)>,
}

impl std::fmt::Debug for Config {
    /// Without the settings as given: some hold passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("data_dir", &self.data_dir)
            .field("listen", &self.listen)
            .finish_non_exhaustive()
    }
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// The configuration file.
    File(PathBuf),
    /// A variable.
    Environment,
    /// The command line.
    CommandLine,
}

/// What is wrong with the configuration, and what to write instead.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file {0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file is not TOML.
    #[error("the configuration file {0} is not valid TOML: {1}")]
    Syntax(PathBuf, String),
    /// A key nobody knows.
    #[error("unknown setting {0:?}; the settings are: {1}")]
    Unknown(String, String),
    /// A value that cannot be used.
    #[error("{setting} = {value:?} cannot be used: {hint}")]
    Invalid {
        /// The key.
        setting: &'static str,
        /// As given.
        value: String,
        /// What to write.
        hint: String,
    },
}

impl Config {
    /// Reads file, environment and command line (later wins). `file`: an explicit path must exist; without one
    /// `timon.toml` in the working folder is used if it is there.
    pub fn load(
        file: Option<&Path>,
        arguments: &BTreeMap<&'static str, String>,
    ) -> Result<Self, ConfigError> {
        #[expect(clippy::disallowed_methods, reason = "this is the one place where the environment is read")]
        let environment: BTreeMap<String, String> = std::env::vars().collect();
        Self::from_parts(file, &environment, arguments)
    }

    /// The same, from given parts.
    pub fn from_parts(
        file: Option<&Path>,
        environment: &BTreeMap<String, String>,
        arguments: &BTreeMap<&'static str, String>,
    ) -> Result<Self, ConfigError> {
        let mut origins: BTreeMap<&'static str, (String, Origin)> = SETTINGS
            .iter()
            .map(|(key, default, _)| (*key, ((*default).to_owned(), Origin::Default)))
            .collect();
        let path = file.map_or_else(|| PathBuf::from("timon.toml"), Path::to_owned);
        if file.is_some() || path.exists() {
            for (key, value) in read_file(&path)? {
                origins.insert(known(&key)?, (value, Origin::File(path.clone())));
            }
        }
        for (name, value) in environment {
            let Some(key) = name.strip_prefix("TIMON_") else { continue };
            // variables of the tests and of packagers are not settings
            if let Ok(key) = known(&key.to_lowercase()) {
                origins.insert(key, (value.clone(), Origin::Environment));
            }
        }
        for (key, value) in arguments {
            origins.insert(key, (value.clone(), Origin::CommandLine));
        }
        let language = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|n| environment.get(*n))
            .find(|v| !v.is_empty());
        let mut config = Self::validate(origins)?;
        let spanish = language.is_some_and(|l| l.starts_with("es"));
        config.terminal_language = String::from(if spanish { "es" } else { "en" });
        Ok(config)
    }

    fn validate(origins: BTreeMap<&'static str, (String, Origin)>) -> Result<Self, ConfigError> {
        let get = |key: &'static str| origins.get(key).map_or("", |(value, _)| value.as_str());
        let invalid = |setting: &'static str, hint: &str| ConfigError::Invalid {
            setting,
            value: get(setting).to_owned(),
            hint: hint.to_owned(),
        };
        let boolean = |key: &'static str| match get(key) {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(invalid(key, "write true or false")),
        };
        let list = |key: &'static str| {
            get(key)
                .split(',')
                .map(str::trim)
                .filter(|s| !s.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let listen: SocketAddr = get("listen")
            .parse()
            .map_err(|_| invalid("listen", "write an address and a port, such as 127.0.0.1:8420"))?;
        let mut public_url = get("public_url").trim_end_matches('/').to_owned();
        if public_url.is_empty() {
            public_url = format!("http://localhost:{}", listen.port());
        }
        if !["https://", "http://"].iter().any(|scheme| public_url.starts_with(scheme)) {
            return Err(invalid("public_url", "write an address that begins with https://"));
        }
        let trusted_proxies = addresses(&list("trusted_proxies"))
            .ok_or_else(|| invalid("trusted_proxies", "write addresses such as 127.0.0.1, 10.0.0.2"))?;
        let refused = |(setting, hint)| hidden_if_secret(invalid(setting, hint));
        let database = database_url(get("database")).map_err(refused)?;
        let mail = mail_settings(get("smtp_url"), get("mail_from")).map_err(refused)?;
        let dkim = dkim_settings(get("dkim_key_file"), get("dkim_selector")).map_err(refused)?;
        let telegram = telegram_settings(get("telegram_url"), get("telegram_token")).map_err(refused)?;
        let upload_mb: u64 =
            get("upload_mb_max").parse().map_err(|_| invalid("upload_mb_max", "write a whole number"))?;
        if !(1..=2_048).contains(&upload_mb) {
            return Err(invalid("upload_mb_max", "write a number from 1 to 2048"));
        }
        if !["text", "json"].contains(&get("log_format")) {
            return Err(invalid("log_format", "write text or json"));
        }
        Ok(Self {
            data_dir: PathBuf::from(get("data_dir")),
            database,
            listen,
            public_url,
            insecure_http: boolean("insecure_http")?,
            trusted_proxies,
            allow_private: list("allow_private"),
            mail,
            dkim,
            telegram,
            upload_bytes_max: upload_mb * 1_000_000,
            classifier: Some(PathBuf::from(get("classifier"))).filter(|path| !path.as_os_str().is_empty()),
            log: get("log").to_owned(),
            log_json: get("log_format") == "json",
            terminal_language: "en".to_owned(),
            demo: None,
            origins,
        })
    }

    /// Whether the cookie can carry the `__Host-` prefix: everywhere but on plain http that was explicitly allowed.
    pub fn secure_cookies(&self) -> bool {
        !self.insecure_http
    }

    /// The full address of one of our pages, for messages; `None` while the operator has not said what people type.
    pub fn link(&self, path: &str) -> Option<String> {
        let said = self.origins.get("public_url").is_some_and(|(value, _)| !value.is_empty());
        said.then(|| format!("{}{path}", self.public_url))
    }

    /// Whether this process serves one installation for its whole life (tests serve many).
    pub fn is_production(&self) -> bool {
        !cfg!(feature = "testing")
    }

    /// Whether only this machine can reach the pages.
    pub fn is_local_only(&self) -> bool {
        self.listen.ip().is_loopback()
    }
}

/// The address of PostgreSQL; `None` for SQLite.
fn database_url(url: &str) -> Result<Option<String>, (&'static str, &'static str)> {
    if url.is_empty() {
        return Ok(None);
    }
    let is_postgres = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
    let hint = "write postgres://user:password@host/name, or leave it empty for SQLite";
    is_postgres.then(|| Some(url.to_owned())).ok_or(("database", hint))
}

/// The mail server and the sender, both or neither. What is looked at here is only what makes a setting hopeless; the
/// rest shows when the server is talked to.
fn mail_settings(url: &str, from: &str) -> Result<Option<MailSettings>, (&'static str, &'static str)> {
    let (url, from) = (url.trim(), from.trim());
    if url.is_empty() {
        return Ok(None);
    }
    if !["smtps://", "smtp://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Err((
            "smtp_url",
            "write smtps://user:password@host, or smtp://localhost:25 for this machine",
        ));
    }
    if !from.contains('@') {
        return Err(("mail_from", "write who the mail comes from, such as Timón <timon@example.org>"));
    }
    Ok(Some(MailSettings { url: url.to_owned(), from: from.to_owned() }))
}

/// The key that mail is signed with. Its selector becomes part of a header and of a DNS name.
fn dkim_settings(
    key_file: &str,
    selector: &str,
) -> Result<Option<DkimSettings>, (&'static str, &'static str)> {
    let (key_file, selector) = (key_file.trim(), selector.trim());
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
    if !(1..=63).contains(&selector.len()) || !selector.bytes().all(plain) {
        return Err(("dkim_selector", "write a name of letters, digits and hyphens, such as timon"));
    }
    let dkim = DkimSettings { key_file: PathBuf::from(key_file), selector: selector.to_owned() };
    Ok((!key_file.is_empty()).then_some(dkim))
}

/// The Telegram bot. Its token becomes part of an address, so it may hold nothing that ends a part.
fn telegram_settings(
    url: &str,
    token: &str,
) -> Result<Option<TelegramSettings>, (&'static str, &'static str)> {
    let (url, token) = (url.trim_end_matches('/'), token.trim());
    if !["https://", "http://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Err(("telegram_url", "write https://api.telegram.org, or the address of your own"));
    }
    if !token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_')) {
        return Err(("telegram_token", "write the token as BotFather gave it: 123456:ABC-def"));
    }
    Ok((!token.is_empty()).then(|| TelegramSettings { url: url.to_owned(), token: token.to_owned() }))
}

/// All of them, or nothing if one is no address.
fn addresses(texts: &[String]) -> Option<Vec<std::net::IpAddr>> {
    texts.iter().map(|text| text.parse().ok()).collect()
}

/// The same error without the value, where the value is a secret.
fn hidden_if_secret(error: ConfigError) -> ConfigError {
    match error {
        ConfigError::Invalid { setting, hint, .. } if SECRET_SETTINGS.contains(&setting) => {
            ConfigError::Invalid { setting, value: "…".to_owned(), hint }
        }
        other => other,
    }
}

fn known(key: &str) -> Result<&'static str, ConfigError> {
    SETTINGS.iter().find(|(name, ..)| *name == key).map(|(name, ..)| *name).ok_or_else(|| {
        let names: Vec<&str> = SETTINGS.iter().map(|(name, ..)| *name).collect();
        ConfigError::Unknown(key.to_owned(), names.join(", "))
    })
}

fn read_file(path: &Path) -> Result<Vec<(String, String)>, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|e| ConfigError::Unreadable(path.to_owned(), e))?;
    let table: toml::Table =
        text.parse().map_err(|e: toml::de::Error| ConfigError::Syntax(path.to_owned(), e.to_string()))?;
    let plain = |value: &toml::Value| match value {
        toml::Value::String(s) => s.clone(),
        toml::Value::Array(items) => items
            .iter()
            .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(","),
        other => other.to_string(),
    };
    Ok(table.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let environment = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::from_parts(None, &environment, &BTreeMap::new())
    }

    #[test]
    fn defaults_work_and_variables_win() {
        let config = with(&[]).expect("defaults are valid");
        assert_eq!(config.public_url, "http://localhost:8420");
        assert!(config.is_local_only() && config.secure_cookies());
        let config = with(&[("TIMON_LISTEN", "0.0.0.0:80"), ("TIMON_UPLOAD_MB_MAX", "5")]).expect("valid");
        assert_eq!((config.listen.port(), config.upload_bytes_max), (80, 5_000_000));
        assert_eq!(config.origins["listen"].1, Origin::Environment);
    }

    #[test]
    fn every_wrong_value_says_what_to_write() {
        for (name, value) in [
            ("TIMON_LISTEN", "8420"),
            ("TIMON_DATABASE", "mysql://x"),
            ("TIMON_PUBLIC_URL", "timon.example"),
            ("TIMON_INSECURE_HTTP", "yes"),
            ("TIMON_TRUSTED_PROXIES", "proxy"),
            ("TIMON_UPLOAD_MB_MAX", "0"),
            ("TIMON_LOG_FORMAT", "xml"),
            ("TIMON_SMTP_URL", "mail.example"),
            ("TIMON_SMTP_URL", "smtps://ana:s3creta@mail.example"),
            ("TIMON_DKIM_SELECTOR", "timon; d=other.example"),
            ("TIMON_TELEGRAM_TOKEN", "7:s3creta/../x"),
            ("TIMON_TELEGRAM_URL", "api.telegram.org"),
        ] {
            let error = with(&[(name, value)]).expect_err(name).to_string();
            assert!(error.contains("write") && !error.contains("s3creta"), "{error}");
        }
    }

    #[test]
    fn messages_have_links_only_when_the_address_was_said() {
        assert_eq!(with(&[]).expect("valid").link("/today"), None);
        let config = with(&[("TIMON_PUBLIC_URL", "https://timon.example/")]).expect("valid");
        assert_eq!(config.link("/today").as_deref(), Some("https://timon.example/today"));
    }

    #[test]
    fn no_password_is_printed_with_the_settings() {
        let config = with(&[
            ("TIMON_SMTP_URL", "smtps://ana:s3creta@mail.example"),
            ("TIMON_MAIL_FROM", "timon@bar.example"),
            ("TIMON_TELEGRAM_TOKEN", "7:s3creta"),
        ])
        .expect("valid");
        assert!(config.mail.is_some() && config.telegram.is_some());
        assert!(!format!("{config:?}").contains("s3creta"));
    }

    #[test]
    fn an_unknown_key_in_the_file_is_an_error() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("timon.toml");
        std::fs::write(&path, "lisen = \"127.0.0.1:1\"").expect("written");
        let error = Config::from_parts(Some(&path), &BTreeMap::new(), &BTreeMap::new()).expect_err("unknown");
        assert!(error.to_string().contains("listen"));
    }
}
