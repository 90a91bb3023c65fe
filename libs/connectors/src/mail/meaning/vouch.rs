//! Who says that a platform really wrote a letter.
//!
//! The business's own mail server checks the signature (DKIM) on arrival and writes the result into
//! `Authentication-Results` (RFC 8601). This program cannot check it itself: the key is in the DNS and may be gone by the
//! time the letter is read.
//!
//! What is believed: the topmost such field, because every server adds its own on top; only if its server's name belongs
//! to a server that took the letter in (`Received: … by …`); and only a `dkim=pass` whose domain is the platform's. What
//! this cannot see: a server that checks nothing and lets a forged field of its own name pass. RFC 8601 (5) tells servers
//! to remove those; the caller is told the name, so that it can be shown.

use crate::mail::letter::headers::Headers;

/// Most servers on a letter's way that are looked at: the ones nearest to the mailbox.
const HOPS_MAX: usize = 4;

/// The server that vouches for one of these domains.
pub(super) fn voucher(headers: &Headers, domains: &[&str]) -> Option<String> {
    let field = headers.first("authentication-results")?;
    let field = without_comments(field);
    let mut results = field.split(';');
    let first = results.next()?;
    let server = first.split_whitespace().next()?.trim_matches('"').to_ascii_lowercase();
    if server.contains('=') {
        // Microsoft's servers leave their name out (RFC 8601 wants it), so the nearest of them must be known by itself.
        let nearest =
            headers.first("received").and_then(receiver).filter(|by| belongs(by, &["outlook.com"]))?;
        let passed = passes(first, domains) || results.any(|result| passes(result, domains));
        return passed.then_some(nearest);
    }
    if !server.contains('.') || !took_it_in(headers, &server) {
        return None;
    }
    results.any(|result| passes(result, domains)).then_some(server)
}

/// `dkim=pass header.d=example.com`, or `header.i=@mail.example.com`.
fn passes(result: &str, domains: &[&str]) -> bool {
    let mut words = result.split_whitespace().map(str::to_ascii_lowercase);
    let is_pass =
        words.next().is_some_and(|method| method == "dkim=pass" || method.starts_with("dkim=pass/"));
    is_pass
        && words.any(|word| {
            let domain = word.strip_prefix("header.d=").or_else(|| {
                word.strip_prefix("header.i=").map(|id| id.rsplit('@').next().unwrap_or_default())
            });
            domain.is_some_and(|domain| belongs(domain.trim_matches('"'), domains))
        })
}

/// Whether a name is one of these domains or lies under one.
pub(super) fn belongs(name: &str, domains: &[&str]) -> bool {
    domains
        .iter()
        .any(|domain| name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Whether the name is that of one of the last servers, or of its neighbour under the same domain: big houses sign with
/// one name and receive with many. Google's inner servers give only numbers, and its field stands among them.
fn took_it_in(headers: &Headers, server: &str) -> bool {
    let domain = neighbourhood(server);
    let mut hops = headers.all("received").take(HOPS_MAX).filter_map(receiver);
    hops.any(|by| neighbourhood(&by) == domain)
}

/// The server that wrote a `Received` field: what stands after `by`.
fn receiver(hop: &str) -> Option<String> {
    let hop = without_comments(hop).to_ascii_lowercase();
    let mut words = hop.split_whitespace().skip_while(|word| *word != "by");
    words.next()?;
    words.next().map(|by| by.trim_matches(['(', ')', ';']).to_owned())
}

/// The last two labels of a name, three under a short one (`co.uk`, `com.es`).
fn neighbourhood(name: &str) -> Vec<&str> {
    let labels: Vec<&str> = name.split('.').collect();
    let second = labels.len().checked_sub(2).and_then(|at| labels.get(at)).map_or(0, |label| label.len());
    let keep = if second <= 3 { 3 } else { 2 };
    labels.get(labels.len().saturating_sub(keep)..).unwrap_or_default().to_vec()
}

/// A field without what stands in brackets, where anybody may have written anything.
fn without_comments(field: &str) -> String {
    let mut depth = 0_usize;
    let mut quoted = false;
    field
        .chars()
        .filter(|c| {
            match c {
                '"' if depth == 0 => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted && depth > 0 => {
                    depth -= 1;
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECEIVED: &str = "Received: from mail-1.google.com (mail-1.google.com [192.0.2.1]) by mx.barx.test (Postfix) with ESMTPS; x\n";

    fn vouched(head: &str) -> Option<String> {
        voucher(&Headers::read(format!("{head}\nbody").as_bytes()), &["google.com"])
    }

    #[test]
    fn only_the_receiving_server_vouches_and_only_for_the_platforms_own_signature() {
        let good = "Authentication-Results: mx.barx.test; spf=pass smtp.mailfrom=x; dkim=pass (2048-bit key) header.d=google.com";
        assert_eq!(vouched(&format!("{good}\n{RECEIVED}")), Some("mx.barx.test".to_owned()));
        for (case, head) in [
            ("no field", RECEIVED.to_owned()),
            ("another server's", format!("{RECEIVED}{}\n", good.replace("mx.barx.test", "mx.malo.example"))),
            ("no server took it in", format!("{good}\n")),
            (
                "another domain",
                format!("{}\n{RECEIVED}", good.replace("google.com", "google.com.malo.example")),
            ),
            ("looks alike", format!("{}\n{RECEIVED}", good.replace("=google.com", "=notgoogle.com"))),
            ("failed", format!("{}\n{RECEIVED}", good.replace("dkim=pass", "dkim=fail"))),
            (
                "in a comment",
                format!(
                    "Authentication-Results: mx.barx.test; dkim=none (x; dkim=pass header.d=google.com)\n{RECEIVED}"
                ),
            ),
            (
                "under another's",
                format!("Authentication-Results: mx.barx.test; dkim=fail header.d=x\n{RECEIVED}{good}\n"),
            ),
            (
                "only spf",
                format!(
                    "Authentication-Results: mx.barx.test; spf=pass smtp.mailfrom=a@google.com\n{RECEIVED}"
                ),
            ),
        ] {
            assert_eq!(vouched(&head), None, "{case}");
        }
        let nameless = good.replace("mx.barx.test; ", "");
        let microsoft = RECEIVED.replace("mx.barx.test", "AM0P.eurprd03.prod.outlook.com");
        assert!(vouched(&format!("{nameless}\n{microsoft}")).is_some_and(|by| by.ends_with("outlook.com")));
        assert_eq!(vouched(&format!("{nameless}\n{RECEIVED}{microsoft}")), None, "not the nearest server");
        let under = good.replace("header.d=google.com", "header.i=@business.google.com");
        assert!(vouched(&format!("{under}\n{RECEIVED}")).is_some());
    }

    #[test]
    fn neighbours_are_known_by_their_domain() {
        assert_eq!(neighbourhood("mx.google.com"), ["google", "com"]);
        assert_eq!(neighbourhood("mx1.correo.bar.com.es"), ["bar", "com", "es"]);
        assert_eq!(neighbourhood("es"), ["es"]);
    }
}
