//! The way to the server: a judged host, a socket, encryption.
//!
//! What must stay true: only addresses that the judgement handed out are connected to; the certificate must be good for
//! the name the owner typed; no fallback from encrypted to plain exists.

use super::{Account, Security};
use crate::egress::{EgressError, Judge};
use crate::mail::MailError;
use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Longest wait for a connection, and for its encryption.
const CONNECT_MAX: Duration = Duration::from_secs(10);

/// Most addresses of a name that are tried.
const ADDRESSES_MAX: usize = 4;

/// The trust in certificates: the machine's authorities and perhaps some more.
pub(super) fn trust(roots: Option<&str>) -> Result<Arc<ClientConfig>, MailError> {
    let setup = |error: &dyn std::fmt::Display| MailError::Setup(error.to_string());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let extra = match roots {
        Some(pem) => CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| setup(&error))?,
        None => Vec::new(),
    };
    let verifier =
        Verifier::new_with_extra_roots(extra, Arc::clone(&provider)).map_err(|error| setup(&error))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| setup(&error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// A socket to the account's server, and the name its certificate must carry.
pub(super) async fn connect(judge: &Judge, account: &Account) -> Result<(TcpStream, String), MailError> {
    if account.security == Security::Plain && !judge.is_exception(&account.host, account.port) {
        return Err(MailError::NotEncrypted);
    }
    let vet = judge.vet(&account.host, account.port);
    let vetted = tokio::time::timeout(CONNECT_MAX, vet)
        .await
        .map_err(|_| MailError::Timeout)?
        .map_err(|error| refused(error, &account.host))?;
    for address in vetted.addresses.iter().take(ADDRESSES_MAX) {
        if let Ok(Ok(stream)) = tokio::time::timeout(CONNECT_MAX, TcpStream::connect(address)).await {
            // Commands are short and wait for their answers.
            let _ = stream.set_nodelay(true);
            return Ok((stream, vetted.host));
        }
    }
    Err(MailError::Connect { host: vetted.host })
}

/// Encrypts a connection.
pub(super) async fn encrypt(
    config: &Arc<ClientConfig>,
    stream: TcpStream,
    host: &str,
) -> Result<TlsStream<TcpStream>, MailError> {
    let tls = || MailError::Tls { host: host.to_owned() };
    let name = ServerName::try_from(host.to_owned()).map_err(|_| MailError::BadHost)?;
    let handshake = TlsConnector::from(Arc::clone(config)).connect(name, stream);
    match tokio::time::timeout(CONNECT_MAX, handshake).await {
        Err(_) => Err(MailError::Timeout),
        Ok(Err(_)) => Err(tls()),
        Ok(Ok(stream)) => Ok(stream),
    }
}

fn refused(error: EgressError, host: &str) -> MailError {
    match error {
        EgressError::PrivateAddress { host } => MailError::PrivateAddress { host },
        EgressError::Dns { host } => MailError::Dns { host },
        EgressError::Timeout => MailError::Timeout,
        EgressError::BadUrl | EgressError::BadPort(_) | EgressError::Userinfo => MailError::BadHost,
        _ => MailError::Connect { host: host.to_owned() },
    }
}
