//! Where the program may go: decided on the text of an address, before anything leaves.
//!
//! The address is parsed once, by `url` (the WHATWG rules that browsers follow), and that parsed value is what the
//! client connects to: two parsers that disagree about a host are how guards are walked around. `url` also writes
//! every spelling of an IPv4 address (0x7f.1, 2130706433, 0177.0.0.1) as the four numbers it means.

use super::addresses::{Block, is_public};
use super::error::EgressError;
use std::net::IpAddr;
use std::time::Duration;
use url::{Host, Url};

/// Longest address accepted.
const URL_BYTES_MAX: usize = 4_096;

/// Names that only mean something inside a house or a machine (RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`).
const INSIDE_SUFFIXES: [&str; 6] = ["localhost", "local", "internal", "lan", "home.arpa", "localdomain"];

/// Where the program may go, and for how long and how much.
#[derive(Debug, Clone)]
pub struct EgressPolicy {
    /// Ports that may be connected to.
    pub ports: Vec<u16>,
    /// Exceptions for the operator's own network, **only ever filled from the operator's configuration file**, never
    /// from the interface. Each is `host:port` (that name or literal address, on that port, whatever the port list
    /// says; a name listed here is not reachable on other ports) or a block such as `192.168.1.0/24` (on allowed ports).
    pub allow_private: Vec<String>,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest duration of a whole exchange, redirects included.
    pub total_timeout: Duration,
    /// Largest body after decompression.
    pub body_bytes_max: usize,
    /// Longest chain of redirects.
    pub redirects_max: usize,
    /// What we say we are.
    pub user_agent: String,
}

impl Default for EgressPolicy {
    fn default() -> Self {
        Self {
            ports: vec![80, 443, 8080, 8443],
            allow_private: Vec::new(),
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(30),
            body_bytes_max: 10 * 1024 * 1024,
            redirects_max: 3,
            user_agent: concat!("Timon/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// The policy with its exceptions parsed.
#[derive(Debug)]
pub(super) struct Rules {
    ports: Vec<u16>,
    blocks: Vec<Block>,
    hosts: Vec<(Host<String>, u16)>,
}

impl Rules {
    pub(super) fn new(policy: &EgressPolicy) -> Result<Self, EgressError> {
        let mut rules = Self { ports: policy.ports.clone(), blocks: Vec::new(), hosts: Vec::new() };
        for entry in &policy.allow_private {
            if let Ok(block) = entry.parse::<Block>() {
                rules.blocks.push(block);
            } else {
                let host = host_and_port(entry).ok_or_else(|| {
                    EgressError::Setup(format!("`{entry}` is neither host:port nor a block"))
                })?;
                rules.hosts.push(host);
            }
        }
        Ok(rules)
    }

    /// Parses and judges an address. What it returns is what is connected to.
    pub(super) fn check(&self, text: &str) -> Result<Url, EgressError> {
        let text = text.trim();
        // The rules for browsers read `\` as `/` and skip tabs and line ends; others do not. What two parsers can read
        // in two ways is not an address.
        let two_faced = text.contains(|c: char| c == '\\' || c.is_whitespace() || c.is_control());
        if text.len() > URL_BYTES_MAX || two_faced {
            return Err(EgressError::BadUrl);
        }
        self.check_url(Url::parse(text).map_err(|_| EgressError::BadUrl)?)
    }

    /// The same for an address that is already parsed: each step of a chain of redirects comes through here.
    pub(super) fn check_url(&self, mut url: Url) -> Result<Url, EgressError> {
        if url.as_str().len() > URL_BYTES_MAX {
            return Err(EgressError::BadUrl);
        }
        if !matches!(url.scheme(), "http" | "https") {
            return Err(EgressError::BadScheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(EgressError::Userinfo);
        }
        url.set_fragment(None);
        drop_trailing_dot(&mut url)?;
        let host = url.host().ok_or(EgressError::BadUrl)?.to_owned();
        let port = url.port_or_known_default().ok_or(EgressError::BadUrl)?;
        if self.hosts.contains(&(host.clone(), port)) {
            return Ok(url);
        }
        if !self.ports.contains(&port) {
            return Err(EgressError::BadPort(port));
        }
        let inside = match &host {
            Host::Ipv4(v4) => !self.permits_address((*v4).into()),
            Host::Ipv6(v6) => !self.permits_address((*v6).into()),
            Host::Domain(name) => is_inside_name(name) || self.lists_host(name),
        };
        if inside { Err(EgressError::PrivateAddress { host: host.to_string() }) } else { Ok(url) }
    }

    /// Whether an address may be connected to: public, or in a block the operator opened.
    pub(super) fn permits_address(&self, address: IpAddr) -> bool {
        is_public(address) || self.opened(address)
    }

    fn opened(&self, address: IpAddr) -> bool {
        let plain = address.to_canonical();
        self.blocks.iter().any(|block| block.contains(plain))
    }

    /// Whether the operator opened this name. `check` already held it to the listed port, so the resolver, which is
    /// not told the port, can trust the name alone.
    pub(super) fn lists_host(&self, name: &str) -> bool {
        self.hosts.iter().any(|(host, _)| matches!(host, Host::Domain(listed) if listed == name))
    }

    /// Whether this address is only reachable through an exception of the operator's.
    pub(super) fn is_exception(&self, url: &Url) -> bool {
        match (url.host(), url.port_or_known_default()) {
            (Some(host), Some(port)) => {
                self.hosts.contains(&(host.to_owned(), port))
                    || match host {
                        Host::Ipv4(v4) => self.opened(v4.into()),
                        Host::Ipv6(v6) => self.opened(v6.into()),
                        Host::Domain(_) => false,
                    }
            }
            _ => false,
        }
    }
}

fn host_and_port(entry: &str) -> Option<(Host<String>, u16)> {
    if entry.contains(['/', '\\', '?', '#', '@']) {
        return None;
    }
    // Through `Url`, so that an entry and an address are spelt alike.
    let url = Url::parse(&format!("http://{entry}/")).ok()?;
    let explicit = entry.rsplit_once(':')?.1.parse::<u16>().ok()?;
    let host = url.host()?.to_owned();
    (url.port_or_known_default() == Some(explicit)).then_some((host, explicit))
}

/// `example.com.` is `example.com`: one spelling, so that no rule is missed and certificates match.
fn drop_trailing_dot(url: &mut Url) -> Result<(), EgressError> {
    let Some(Host::Domain(name)) = url.host() else { return Ok(()) };
    let Some(short) = name.strip_suffix('.') else { return Ok(()) };
    let short = short.to_owned();
    if short.is_empty() || short.ends_with('.') {
        return Err(EgressError::BadUrl);
    }
    url.set_host(Some(&short)).map_err(|_| EgressError::BadUrl)
}

/// A name without a dot, or under a suffix of the inside. No public site lives there.
fn is_inside_name(name: &str) -> bool {
    !name.contains('.')
        || INSIDE_SUFFIXES.iter().any(|suffix| {
            name.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
}
