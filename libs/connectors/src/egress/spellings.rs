//! Addresses an enemy would write, for the tests of the guard.

/// Spellings of addresses that are not public; `{p}` is the canary's port.
#[rustfmt::skip]
pub(super) const PRIVATE: &[&str] = &[
    // loopback, in all the numbers there are
    "127.0.0.1", "127.1", "127.0.1", "127.127.127.127", "2130706433", "0x7f000001", "0x7F.0x0.0x0.0x1",
    "0x7f.1", "0x7f.0.0.1", "0177.0.0.1", "0177.0.0.01", "017700000001", "00000177.0.0.1", "127.0.0.0x1",
    "127.0x1", "0x7f.0x000001", "0x00000000007f.1", "127.0.0.1.", "127.1.", "2130706433.", "0", "0.0.0.0",
    "0x0", "00", "0.0", "0.1.2.3", "127.255.255.254", "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "１２７.０.０.１",
    "127。0。0。1", "①②⑦.⓪.⓪.①", "127．0．0．1", "0ｘ7ｆ.1", "12\t7.0.0.1", "127.0.\n0.1",
    // private, shared, link-local, reserved
    "10.0.0.1", "10.255.255.255", "0xa.0.0.1", "012.0.0.1", "167772161", "100.64.0.1", "100.127.255.254",
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "172.16.0.1",
    "172.31.255.255", "192.168.0.1", "192.168.1", "3232235777", "0xc0a80101", "192.0.0.1", "192.0.2.1",
    "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "4294967295", "0xffffffff",
    // IPv6, plain and with an IPv4 inside
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::127.0.0.1]",
    "[::7f00:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::FFFF:7F00:0001]",
    "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::ffff:a9fe:a9fe]", "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b::a00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
    "[2002:7f00:0001::1]", "[2002:a9fe:a9fe::]", "[2002:c0a8:101::1]", "[fc00::1]", "[fd12:3456::1]",
    "[fe80::1]", "[febf::1]", "[fec0::1]", "[ff02::1]", "[ff0e::1]", "[2001:db8::1]", "[2001::1]",
    "[2001:0:7f00:1::]", "[2001:10::1]", "[100::1]", "[3fff::1]", "[5f00::1]", "[4000::1]",
    // names of the inside
    "localhost", "LOCALHOST", "LocalHost.", "localhost.", "foo.localhost", "foo.localhost.",
    "localhost.localdomain", "ｌｏｃａｌｈｏｓｔ", "loc%61lhost", "router", "router.local", "printer.lan",
    "nas.home.arpa", "metadata.google.internal", "metadata.google.internal.", "intranet",
];

/// Whole addresses refused for what they are.
#[rustfmt::skip]
pub(super) const REFUSED: &[&str] = &[
    "", " ", "/feed.xml", "//127.0.0.1:{p}/", "127.0.0.1:{p}", "feed", "http:", "http://", "http://:{p}/",
    "http:///", "file:///etc/passwd", "file://127.0.0.1:{p}/", "FILE:///etc/passwd",
    "gopher://127.0.0.1:{p}/_x", "ftp://127.0.0.1:{p}/", "dict://127.0.0.1:{p}/", "ldap://127.0.0.1:{p}/",
    "ws://127.0.0.1:{p}/", "wss://127.0.0.1:{p}/", "data:text/xml,<rss/>", "javascript:alert(1)",
    "jar:http://127.0.0.1:{p}/!/", "feed://127.0.0.1:{p}/", "unix:/run/docker.sock",
    "blob:http://127.0.0.1:{p}/x", "view-source:http://127.0.0.1:{p}/", "tel:+34600000000",
    "http://user@news.example/", "http://user:password@news.example/", "http://:password@news.example/",
    "http://news.example@127.0.0.1:{p}/", "http://127.0.0.1:{p}@news.example/",
    "http://news.example%40127.0.0.1:{p}/", "http://news.example\\@127.0.0.1:{p}/",
    "http://127.0.0.1:{p}\\@news.example/", "http:\\\\127.0.0.1:{p}\\", "http:/127.0.0.1:{p}/",
    "http:127.0.0.1:{p}/", "http:////127.0.0.1:{p}/", "\u{1}http://127.0.0.1:{p}/", "hTTp://127.0.0.1:{p}/",
    "http://127.0.0.1:{p}#@news.example/", "http://127.0.0.1:{p}?@news.example/", "http://news.example:0/",
    "http://news.example:1/", "http://news.example:22/", "http://news.example:25/",
    "http://news.example:6379/", "https://news.example:5432/", "http://news.example:65535/",
    "http://news.example:65536/", "http://news.example:-80/", "http://news.example:80 80/",
    "http://news.example:8o/", "http://[::1", "http://[::1]]/", "http://[::1%25eth0]:{p}/",
    "http://[127.0.0.1]:{p}/", "http://256.256.256.256/", "http://1.2.3.4.5/", "http://0x7f.1.2.3.4/",
    "http://news .example/", "http://news..example../", "http://./", "http://../", "http://news.example../",
];
