//! Which addresses are on the public internet.
//!
//! Everything that is not surely public is refused. IPv4 has a list of what is not; IPv6 works the other way round:
//! only 2000::/3 is given out to the world, so only that is let through, less its own exceptions. An IPv6 address
//! that carries an IPv4 one is judged by the one it carries.
//!
//! Source: IANA special-purpose address registries (RFC 6890 and its updates).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A block of addresses, `10.0.0.0/8` or `fd00::/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    first: IpAddr,
    prefix: u8,
}

impl Block {
    const fn v4(a: u8, b: u8, c: u8, prefix: u8) -> Self {
        Self { first: IpAddr::V4(Ipv4Addr::new(a, b, c, 0)), prefix }
    }

    const fn v6(a: u16, b: u16, c: u16, prefix: u8) -> Self {
        Self { first: IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)), prefix }
    }

    /// Whether the address lies in the block.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                same_prefix(first.to_bits().into(), address.to_bits().into(), 32, self.prefix)
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                same_prefix(first.to_bits(), address.to_bits(), 128, self.prefix)
            }
            _ => false,
        }
    }
}

fn same_prefix(left: u128, right: u128, width: u8, prefix: u8) -> bool {
    let shift = u32::from(width.saturating_sub(prefix));
    left.checked_shr(shift).unwrap_or(0) == right.checked_shr(shift).unwrap_or(0)
}

impl FromStr for Block {
    type Err = ();

    /// Reads `address/prefix`, or a bare address as a block of one.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u8>().map_err(|_| ())?)),
            None => (text, None),
        };
        let first: IpAddr = address.parse().map_err(|_| ())?;
        let width = if first.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(width);
        if prefix > width { Err(()) } else { Ok(Self { first, prefix }) }
    }
}

/// IPv4 that is not on the public internet.
const BLOCKED_V4: [Block; 16] = [
    Block::v4(0, 0, 0, 8),       // "this network"
    Block::v4(10, 0, 0, 8),      // private
    Block::v4(100, 64, 0, 10),   // carrier-grade NAT
    Block::v4(127, 0, 0, 8),     // loopback
    Block::v4(169, 254, 0, 16),  // link-local, cloud metadata
    Block::v4(172, 16, 0, 12),   // private
    Block::v4(192, 0, 0, 24),    // IETF protocol assignments
    Block::v4(192, 0, 2, 24),    // documentation
    Block::v4(192, 31, 196, 24), // AS112
    Block::v4(192, 52, 193, 24), // AMT
    Block::v4(192, 88, 99, 24),  // 6to4 relays
    Block::v4(192, 168, 0, 16),  // private
    Block::v4(198, 18, 0, 15),   // benchmarks
    Block::v4(198, 51, 100, 24), // documentation
    Block::v4(203, 0, 113, 24),  // documentation
    Block::v4(224, 0, 0, 3),     // multicast, reserved, broadcast
];

/// The only IPv6 given out to the world…
const PUBLIC_V6: Block = Block::v6(0x2000, 0, 0, 3);

/// …less these. 2002::/16 is judged by the IPv4 it carries.
const BLOCKED_V6: [Block; 5] = [
    Block::v6(0x2001, 0, 0, 23), // IETF protocol assignments: Teredo, ORCHID, benchmarks
    Block::v6(0x2001, 0x0db8, 0, 32), // documentation
    Block::v6(0x2620, 0x004f, 0x8000, 48), // AS112
    Block::v6(0x3ffe, 0, 0, 16), // the old 6bone
    Block::v6(0x3fff, 0, 0, 20), // documentation
];

/// Whether the address is on the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !BLOCKED_V4.iter().any(|block| block.contains(v4.into())),
        IpAddr::V6(v6) => match carried_v4(v6) {
            Some(v4) => is_public(v4.into()),
            None => PUBLIC_V6.contains(address) && !BLOCKED_V6.iter().any(|block| block.contains(address)),
        },
    }
}

/// The IPv4 inside `::ffff:0:0/96` (mapped), `64:ff9b::/96` (NAT64) and `2002::/16` (6to4). The deprecated
/// `::/96` and the local NAT64 prefixes need no case of their own: they lie outside 2000::/3.
fn carried_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x0064, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))),
        _ => None,
    }
}
