//! Who says that a platform really wrote a letter.
//!
//! The business's own mail server checks the signature (DKIM) on arrival and writes the result into
//! `Authentication-Results` (RFC 8601). This program cannot check it itself: the key is in the DNS and may be gone by the
//! time the letter is read.
//!
//! What is believed: the topmost such field, because every server adds its own on top (one that only speaks of a logo,
//! `bimi`, is passed over); only if its server's name belongs to a server that took the letter in (`Received: … by …`); and
//! only a `dkim=pass` whose domain is the platform's, or a `dmarc=pass` for a sender of that domain, which says the same.
//! What this cannot see: a server that checks nothing and lets a forged field of its own name pass. RFC 8601 (5) tells
//! servers to remove those; the caller is told the name, so that it can be shown.

use crate::mail::letter::headers::Headers;

/// Most servers on a letter's way that are looked at: the ones nearest to the mailbox.
const HOPS_MAX: usize = 4;

/// The server that vouches for one of these domains.
pub(super) fn voucher(headers: &Headers, domains: &[&str]) -> Option<String> {
    let field = headers
        .all("authentication-results")
        .take(HOPS_MAX)
        .map(without_comments)
        .find(|field| !speaks_only_of_logos(field))?;
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

fn speaks_only_of_logos(field: &str) -> bool {
    let mut results = field.split(';').skip(1).map(str::trim).filter(|result| !result.is_empty()).peekable();
    results.peek().is_some() && results.all(|result| result.starts_with("bimi="))
}

/// `dkim=pass header.d=example.com`, `dkim=pass header.i=@mail.example.com`, `dmarc=pass header.from=example.com`.
fn passes(result: &str, domains: &[&str]) -> bool {
    let mut words = result.split_whitespace().map(str::to_ascii_lowercase);
    let method = words.next().unwrap_or_default();
    let keys: &[&str] = match method.as_str() {
        "dkim=pass" => &["header.d=", "header.i="],
        "dmarc=pass" => &["header.from="],
        _ => return false,
    };
    words.any(|word| {
        let value = keys.iter().find_map(|key| word.strip_prefix(key));
        let domain = value.map(|value| value.rsplit('@').next().unwrap_or(value).trim_matches('"'));
        domain.is_some_and(|domain| belongs(domain, domains))
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
    fn the_fields_of_well_known_servers_are_read() {
        for (house, head) in [
            (
                "Gmail",
                "Received: by 2002:a05:6504:1234:b0:2a1:1 with SMTP id x; a\nARC-Authentication-Results: i=1; mx.google.com; dkim=fail\nReceived: from mail-x.google.com (mail-x.google.com. [192.0.2.1]) by mx.google.com with SMTPS id y; b\nAuthentication-Results: mx.google.com;\n       dkim=pass header.i=@google.com header.s=20230601 header.b=abc;\n       spf=pass (google.com: domain of x designates 192.0.2.1) smtp.mailfrom=x\n",
            ),
            (
                "OpenDMARC above OpenDKIM",
                "Received: from a by mx.barx.test (Postfix); x\nAuthentication-Results: mx.barx.test; dmarc=pass (p=reject dis=none) header.from=google.com\nAuthentication-Results: mx.barx.test; dkim=pass header.d=google.com\n",
            ),
            (
                "iCloud",
                "Received: from a by p00-icloudmta-x.icloud.com (Postfix); x\nAuthentication-Results: bimi.icloud.com; bimi=skipped reason=\"x\"\nAuthentication-Results: dmarc.icloud.com; dmarc=pass header.from=google.com\n",
            ),
            (
                "rspamd",
                "Received: from a by mx.barx.test (Postfix); x\nAuthentication-Results: mx.barx.test;\n\tdkim=pass header.d=google.com header.s=x header.b=y;\n\tspf=pass (mx.barx.test: x) smtp.mailfrom=x;\n\tdmarc=pass (policy=reject) header.from=google.com\n",
            ),
        ] {
            assert!(vouched(head).is_some(), "{house}");
            assert_eq!(vouched(&head.replace("google.com", "malo.example")), None, "{house}");
        }
        let spf_first = "Received: from a by mx.barx.test; x\nAuthentication-Results: mx.barx.test; spf=pass smtp.mailfrom=x\nAuthentication-Results: mx.barx.test; dkim=pass header.d=google.com\n";
        assert_eq!(vouched(spf_first), None, "what stands under the server's own word may be anybody's");
    }

    #[test]
    fn neighbours_are_known_by_their_domain() {
        assert_eq!(neighbourhood("mx.google.com"), ["google", "com"]);
        assert_eq!(neighbourhood("mx1.correo.bar.com.es"), ["bar", "com", "es"]);
        assert_eq!(neighbourhood("es"), ["es"]);
    }
}
