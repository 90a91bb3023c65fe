//! Names become addresses here, and only vetted addresses are handed to the client.
//!
//! The client connects to exactly what this resolver returns, so there is no moment between the check and the use at
//! which a name could change its meaning. One blocked address among the answers refuses them all: a public site has
//! no reason to give one.

use super::error::EgressError;
use super::policy::Rules;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

/// What a [`Lookup`] gives back.
pub type Addresses = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Something that looks a name up. The system's resolver in the program, a scripted one in tests.
pub trait Lookup: Send + Sync + 'static {
    /// All the addresses of a name.
    fn lookup(&self, host: &str) -> Addresses;
}

/// The resolver of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: &str) -> Addresses {
        let host = host.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// The guard around a [`Lookup`].
pub(super) struct Guarded {
    pub(super) rules: Arc<Rules>,
    pub(super) lookup: Arc<dyn Lookup>,
}

impl Guarded {
    /// The vetted addresses of a name.
    pub(super) fn vetted(
        &self,
        host: &str,
    ) -> impl Future<Output = Result<Vec<IpAddr>, EgressError>> + Send + use<> {
        let rules = Arc::clone(&self.rules);
        let found = self.lookup.lookup(host);
        let host = host.to_owned();
        async move {
            let addresses = match found.await {
                Ok(addresses) if !addresses.is_empty() => addresses,
                _ => return Err(EgressError::Dns { host }),
            };
            let all_permitted = addresses.iter().all(|address| rules.permits_address(*address));
            if all_permitted || rules.lists_host(&host) {
                Ok(addresses)
            } else {
                Err(EgressError::PrivateAddress { host })
            }
        }
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let vetted = self.vetted(name.as_str());
        Box::pin(async move {
            let addresses = vetted.await?;
            let sockets = addresses.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(sockets) as Addrs)
        })
    }
}
