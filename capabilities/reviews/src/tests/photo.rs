//! What is kept of a photograph, and what is refused.

use std::io::{Cursor, Write as _};

use image::{ImageFormat, Rgb, RgbImage, RgbaImage};

use super::*;

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(bytes).expect("written");
    file
}

fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let dark = x < width / 2 && y < height / 2;
        if dark { Rgb([10, 10, 10]) } else { Rgb([(x % 200) as u8 + 50, 200, (y % 200) as u8 + 50]) }
    })
}

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner()
}

/// A JPEG with an EXIF block: the orientation, and a place written into it.
fn with_exif(jpeg: &[u8], orientation: u8, canary: &[u8]) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    let length = u32::try_from(canary.len()).expect("short");
    tiff.extend([0x01, 0x0e, 0, 2]);
    tiff.extend(length.to_be_bytes());
    tiff.extend(38u32.to_be_bytes());
    tiff.extend([0; 4]);
    tiff.extend(canary);
    let mut app1 = b"Exif\0\0".to_vec();
    app1.extend(tiff);
    let mut comment = vec![0xff, 0xfe];
    comment.extend(u16::try_from(canary.len() + 2).expect("short").to_be_bytes());
    comment.extend(canary);
    let mut out = jpeg[..2].to_vec();
    out.extend([0xff, 0xe1]);
    out.extend(u16::try_from(app1.len() + 2).expect("short").to_be_bytes());
    out.extend(app1);
    out.extend(comment);
    out.extend(&jpeg[2..]);
    out.extend(canary);
    out
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn where_and_how_it_was_taken_is_gone_and_it_stands_upright() {
    let canary = b"GPS 39.4699N 0.3763W telephone-of-Lucia";
    let sent = with_exif(&encoded(&picture(60, 40), ImageFormat::Jpeg), 6, canary);
    assert!(holds(&sent, canary));
    let photo = make(file(&sent)).expect("a photograph");
    for left in [&canary[..], b"Exif", b"ICC_PROFILE", b"telephone"] {
        assert!(!holds(&photo.jpeg, left), "{:?} is still there", String::from_utf8_lossy(left));
    }
    assert!(!holds(&photo.jpeg, &[0xff, 0xe1]) && !holds(&photo.jpeg, &[0xff, 0xfe]));
    // Orientation 6: the camera lay on its side, so what was wide is tall, and the dark corner is at the top right.
    assert_eq!((photo.width, photo.height), (40, 60));
    let shown = image::load_from_memory(&photo.jpeg).expect("a JPEG").to_rgb8();
    assert!(shown.get_pixel(35, 5).0[1] < 60 && shown.get_pixel(5, 5).0[1] > 120);
}

#[test]
fn every_kind_of_picture_becomes_a_small_jpeg() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let photo = make(file(&encoded(&picture(2_400, 1_200), format))).expect("a photograph");
        assert_eq!((photo.width, photo.height), (1_600, 800), "{format:?}");
        assert!(photo.jpeg.len() <= KEPT_BYTES_MAX);
        assert_eq!(image::guess_format(&photo.jpeg).expect("a format"), ImageFormat::Jpeg);
    }
    let mut seed = 1u32;
    let noise = RgbImage::from_fn(2_000, 2_000, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(seed >> 8) as u8, (seed >> 16) as u8, (seed >> 24) as u8])
    });
    let photo = make(file(&encoded(&noise, ImageFormat::Png))).expect("noise too");
    assert!(photo.jpeg.len() <= KEPT_BYTES_MAX);
    let clear = RgbaImage::from_pixel(20, 20, image::Rgba([0, 0, 0, 0]));
    let mut bytes = Cursor::new(Vec::new());
    clear.write_to(&mut bytes, ImageFormat::Png).expect("encoded");
    let photo = make(file(&bytes.into_inner())).expect("a photograph");
    let white = image::load_from_memory(&photo.jpeg).expect("a JPEG").to_rgb8().get_pixel(10, 10).0;
    assert!(white.iter().all(|c| *c > 250), "{white:?}");
}

/// A PNG that says it is as large as it likes and has nothing in it.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(&picture(8, 8), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    })
}

#[test]
fn bombs_pieces_and_other_files_are_refused() {
    let whole = encoded(&picture(300, 200), ImageFormat::Jpeg);
    let png = encoded(&picture(300, 200), ImageFormat::Png);
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    for (what, bytes) in [
        ("wide", bomb(60_000, 10)),
        ("many pixels", bomb(7_900, 7_900)),
        ("huge", bomb(u32::MAX, u32::MAX)),
        ("nothing", bomb(0, 8)),
        ("a cut PNG", png[..png.len() / 2].to_vec()),
        ("a header", whole[..20].to_vec()),
        ("a script", svg.to_vec()),
        ("a GIF", gif.to_vec()),
        ("text", b"\xff\xd8 hola".to_vec()),
        ("empty", Vec::new()),
    ] {
        assert!(make(file(&bytes)).is_err(), "{what} was taken");
    }
}

#[test]
fn what_hides_behind_a_picture_is_left_behind() {
    let mut polyglot = encoded(&picture(30, 30), ImageFormat::Jpeg);
    polyglot.extend(b"<?php system($_GET['x']); ?><script>alert(1)</script>PK\x03\x04");
    let photo = make(file(&polyglot)).expect("a photograph");
    assert!(
        !holds(&photo.jpeg, b"<script")
            && !holds(&photo.jpeg, b"<?php")
            && !holds(&photo.jpeg, b"PK\x03\x04")
    );
}

#[test]
fn no_changed_byte_makes_the_decoder_panic() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(&picture(24, 16), format);
        for at in 0..whole.len() {
            for change in [1, 0x80, 0xff] {
                let mut changed = whole.clone();
                changed[at] ^= change;
                let _ = make(file(&changed));
            }
        }
    }
}
