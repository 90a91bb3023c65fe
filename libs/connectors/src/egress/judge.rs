//! The same judgement for what is not HTTP: mail servers are reached by a plain socket, but not by a way around the
//! guard.

use super::error::EgressError;
use super::policy::{EgressPolicy, Rules};
use super::resolver::{Guarded, Lookup};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use url::Host;

/// Judges hosts and ports as [`Egress`](super::Egress) judges web addresses. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Judge {
    rules: Arc<Rules>,
    lookup: Arc<dyn Lookup>,
}

/// A host that passed: what may be connected to.
pub(crate) struct Vetted {
    /// The host as it is spelt in certificates.
    pub(crate) host: String,
    /// Its addresses.
    pub(crate) addresses: Vec<SocketAddr>,
}

impl Judge {
    /// `ports` are those of the protocol; `allow_private` as in [`EgressPolicy`].
    pub(crate) fn new(
        ports: Vec<u16>,
        allow_private: Vec<String>,
        lookup: Arc<dyn Lookup>,
    ) -> Result<Self, EgressError> {
        let policy = EgressPolicy { ports, allow_private, ..EgressPolicy::default() };
        Ok(Self { rules: Arc::new(Rules::new(&policy)?), lookup })
    }

    /// Whether the operator listed this host as an exception.
    pub(crate) fn is_exception(&self, host: &str, port: u16) -> bool {
        self.url(host, port).is_ok_and(|url| self.rules.is_exception(&url))
    }

    /// The addresses that may be connected to; the name is resolved once, here.
    pub(crate) async fn vet(&self, host: &str, port: u16) -> Result<Vetted, EgressError> {
        let url = self.url(host, port)?;
        let (host, found) = match url.host().ok_or(EgressError::BadUrl)? {
            Host::Domain(name) => {
                let vetted = Guarded { rules: Arc::clone(&self.rules), lookup: Arc::clone(&self.lookup) };
                (name.to_owned(), vetted.vetted(name).await?)
            }
            Host::Ipv4(v4) => (v4.to_string(), vec![IpAddr::from(v4)]),
            Host::Ipv6(v6) => (v6.to_string(), vec![IpAddr::from(v6)]),
        };
        let addresses = found.into_iter().map(|address| SocketAddr::new(address, port)).collect();
        Ok(Vetted { host, addresses })
    }

    /// Host and port as an address, judged; written as one so that both are spelt as the rules spell them.
    fn url(&self, host: &str, port: u16) -> Result<url::Url, EgressError> {
        let host = host.trim();
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
        if host.is_empty() || host.len() > 255 || !host.chars().all(is_plain) || port == 0 {
            return Err(EgressError::BadUrl);
        }
        let bracketed = host.parse::<std::net::Ipv6Addr>().is_ok();
        let url =
            if bracketed { format!("https://[{host}]:{port}/") } else { format!("https://{host}:{port}/") };
        let url = self.rules.check(&url)?;
        // `name:25` as a host would otherwise be read as another port.
        if url.port_or_known_default() == Some(port) && url.path() == "/" {
            Ok(url)
        } else {
            Err(EgressError::BadUrl)
        }
    }
}
