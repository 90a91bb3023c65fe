//! A photograph that a stranger sent: decoded within bounds, turned upright, made small, and made anew from its pixels.
//!
//! **What must stay true.** Nothing of the file that came is kept: no EXIF (where, when, with which telephone), no profile,
//! no comment, nothing that stands behind the picture. One is decoded at a time, on a thread of its own, within
//! [`ALLOC_BYTES_MAX`]: forty megapixels are a hundred and twenty megabytes of pixels.

use std::fs::File;
use std::io::{BufReader, Seek as _};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use tokio::sync::Semaphore;

/// Longest side that is decoded, pixels.
const SIDE_MAX: u32 = 8_000;
/// Most pixels that are decoded.
const PIXELS_MAX: u64 = 40_000_000;
/// Most memory that a decoder may ask for, bytes.
const ALLOC_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Longest side that is kept, pixels.
const KEPT_SIDE_MAX: u32 = 1_600;
/// Largest file that is kept, bytes.
pub const KEPT_BYTES_MAX: usize = 400_000;
/// Tried in this order until the file is small enough.
const QUALITIES: [u8; 4] = [82, 74, 64, 50];

/// A photograph as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// A baseline JPEG without any metadata.
    pub jpeg: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Why a photograph cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// No JPEG, PNG or WebP, or a broken one.
    #[error("it cannot be decoded: {0}")]
    Unreadable(#[from] image::ImageError),
    /// The file cannot be read.
    #[error("it cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// More pixels than anybody needs.
    #[error("{0}×{1} pixels are too many")]
    TooLarge(u32, u32),
    /// The thread that worked on it is gone.
    #[error("its decoder stopped")]
    Stopped,
}

/// Makes a photograph of a file that was handed over.
pub async fn take(file: File) -> Result<Photo, PhotoError> {
    static ONE: Semaphore = Semaphore::const_new(1);
    let _turn = ONE.acquire().await.map_err(|_| PhotoError::Stopped)?;
    tokio::task::spawn_blocking(move || make(file)).await.map_err(|_| PhotoError::Stopped)?
}

/// The same, here and now.
pub fn make(mut file: File) -> Result<Photo, PhotoError> {
    file.rewind()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(ALLOC_BYTES_MAX);
    let mut reader = ImageReader::new(BufReader::new(file)).with_guessed_format()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || width == 0 || height == 0 {
        return Err(PhotoError::TooLarge(width, height));
    }
    // A wrong orientation is no reason to refuse a picture.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    if width.max(height) > KEPT_SIDE_MAX {
        picture = picture.thumbnail(KEPT_SIDE_MAX, KEPT_SIDE_MAX);
    }
    picture.apply_orientation(orientation);
    encode(&picture)
}

/// Pixels on white, as a JPEG that is small enough.
fn encode(picture: &DynamicImage) -> Result<Photo, PhotoError> {
    let mut pixels = on_white(picture);
    loop {
        let (width, height) = pixels.dimensions();
        for quality in QUALITIES {
            let mut jpeg = Vec::new();
            JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(&pixels)?;
            if jpeg.len() <= KEPT_BYTES_MAX {
                return Ok(Photo { jpeg, width, height });
            }
        }
        // Noise compresses badly: half the size, until it fits.
        pixels = DynamicImage::ImageRgb8(pixels)
            .thumbnail(width.max(height) / 2, width.max(height) / 2)
            .into_rgb8();
    }
}

/// What is transparent becomes white, not whatever colour lies behind it.
fn on_white(picture: &DynamicImage) -> image::RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    image::RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, a] = rgba.get_pixel(x, y).0;
        let blend = |c: u8| ((u32::from(c) * u32::from(a) + 255 * (255 - u32::from(a))) / 255) as u8;
        image::Rgb([blend(r), blend(g), blend(b)])
    })
}

#[cfg(test)]
#[path = "tests/photo.rs"]
mod tests;
