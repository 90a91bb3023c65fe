//! Our own accept loop. `axum::serve` has no time-out on headers: 300 slow connections of 300 were held until the
//! tester gave up. Here a connection that does not finish its headers in ten seconds is dropped, and neither one
//! address nor all together can hold more than their share of sockets.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Time for a client to send its headers.
const HEADER_WAIT: Duration = Duration::from_secs(10);
/// No connection lives longer; a browser opens the next one by itself.
const CONNECTION_LIFE_MAX: Duration = Duration::from_mins(15);
/// Time for open requests to finish at shutdown.
const SHUTDOWN_WAIT: Duration = Duration::from_secs(8);
/// Open connections in all, and from one address (a shop's shared line included).
const CONNECTIONS_MAX: usize = 2_048;
const CONNECTIONS_PER_ADDRESS_MAX: usize = 256;

/// The address of the other end, as an extension of each request.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Serves until `stop` changes, then lets open requests finish within a few seconds.
/// `proxies` are exempt from the cap per address: everybody comes through them.
pub async fn serve(
    listener: TcpListener,
    router: axum::Router,
    proxies: &[IpAddr],
    mut stop: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    let open: Arc<Mutex<HashMap<IpAddr, usize>>> = Arc::default();
    loop {
        let accepted = tokio::select! {
            biased;
            _ = stop.changed() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(pair) => pair,
            Err(error) => {
                // Out of file handles: waiting a moment lets some close; ending the loop would end the service.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        while connections.try_join_next().is_some() {}
        let Some(seat) = Seat::take(&open, peer.ip(), connections.len(), proxies) else {
            metrics::counter!("timon_connections_refused_total").increment(1);
            continue;
        };
        let _ = stream.set_nodelay(true);
        let router = router.clone().layer(axum::Extension(Peer(peer)));
        let stop = stop.clone();
        connections.spawn(async move {
            let _seat = seat;
            handle(stream, router, stop).await;
        });
    }
    let _ =
        tokio::time::timeout(SHUTDOWN_WAIT, async { while connections.join_next().await.is_some() {} }).await;
}

async fn handle(stream: tokio::net::TcpStream, router: axum::Router, mut stop: watch::Receiver<bool>) {
    // HTTP/1 only: the automatic builder waits for a protocol preface without any timer, and HTTP/2 without TLS is
    // spoken by nobody but attackers. A reverse proxy speaks HTTP/2 to the outside.
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_WAIT)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        // Who neither reads nor writes to an end for so long is not a visitor.
        () = tokio::time::sleep(CONNECTION_LIFE_MAX) => return,
        _ = stop.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// One connection's place; given back on drop.
struct Seat {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
    address: IpAddr,
}

impl Seat {
    fn take(
        open: &Arc<Mutex<HashMap<IpAddr, usize>>>,
        address: IpAddr,
        all: usize,
        proxies: &[IpAddr],
    ) -> Option<Self> {
        let mut counts = open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if all >= CONNECTIONS_MAX || (*count >= CONNECTIONS_PER_ADDRESS_MAX && !proxies.contains(&address)) {
            return None;
        }
        *count += 1;
        Some(Self { open: Arc::clone(open), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut counts = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}
