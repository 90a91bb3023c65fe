//! The model file: `TIMONNLP`, format number, checksum, then one deflated block of numbers in a fixed order.
//!
//! The reader trusts nothing: sizes are known in advance, the inflated block is bounded, the checksum must match.
//! To change the layout: raise `FORMAT`, change `encode` and `decode` together, train again.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::aspects::find::AspectTables;
use crate::complaint::ComplaintTables;
use crate::features::BITS;
use crate::lanes::LaneTable;
use crate::language::{LANES, LANGUAGE_BITS, Language, LanguageTable};
use crate::model::{COLUMNS, Group, HeadWeights, Model, ModelError};
use crate::tokens::hash_bytes;

const MAGIC: &[u8; 8] = b"TIMONNLP";
/// Number of this layout.
const FORMAT: u16 = 5;
const HEADER_BYTES: usize = 8 + 2 + 8;
/// More than any model of this format inflates to.
const INFLATED_BYTES_MAX: u64 = 16 << 20;

/// Writes a model.
pub(crate) fn encode(model: &Model) -> Vec<u8> {
    let mut body = Vec::new();
    let table = &model.language;
    put(&mut body, &[table.scale, table.margin]);
    put(&mut body, &table.bias);
    for row in table.lanes.chunks_exact(LANES) {
        body.extend(row.iter().take(Language::KNOWN.len()).map(|weight| *weight as u8));
    }
    for group in &model.groups {
        for head in &group.heads {
            put_head(&mut body, head);
        }
        // column by column: similar numbers side by side deflate better
        for column in 0..COLUMNS {
            body.extend(group.table.iter().skip(column).step_by(COLUMNS).map(|weight| *weight as u8));
        }
    }
    put_lanes(&mut body, &model.complaint.causes);
    put(&mut body, &[model.complaint.threshold]);
    put_lanes(&mut body, &model.complaint.intents);
    put_aspects(&mut body, &model.aspects);
    let mut file = Vec::new();
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&FORMAT.to_le_bytes());
    file.extend_from_slice(&hash_bytes(&body).to_le_bytes());
    let mut packer = DeflateEncoder::new(file, Compression::best());
    // Writing into memory does not fail; a failure would show as a damaged file when it is read back.
    let _ = packer.write_all(&body);
    packer.finish().unwrap_or_default()
}

/// Reads a model.
pub(crate) fn decode(bytes: &[u8]) -> Result<Model, ModelError> {
    let header = bytes.get(..HEADER_BYTES).ok_or(ModelError::NotAModel)?;
    if !header.starts_with(MAGIC) {
        return Err(ModelError::NotAModel);
    }
    let found = u16::from_le_bytes([header[8], header[9]]);
    if found != FORMAT {
        return Err(ModelError::OtherFormat { found, supported: FORMAT });
    }
    let mut body = Vec::new();
    let packed = DeflateDecoder::new(&bytes[HEADER_BYTES..]);
    packed.take(INFLATED_BYTES_MAX).read_to_end(&mut body).map_err(|_| ModelError::Damaged)?;
    let checksum = hash_bytes(&body);
    if checksum.to_le_bytes() != header[10..18] {
        return Err(ModelError::Damaged);
    }
    let mut rest = Rest { bytes: &body };
    let language = take_language(&mut rest)?;
    let groups = [take_group(&mut rest)?, take_group(&mut rest)?, take_group(&mut rest)?];
    let silent = ComplaintTables::silent();
    let causes = take_lanes(&mut rest, silent.causes)?;
    let threshold = rest.number()?;
    let complaint = ComplaintTables { causes, threshold, intents: take_lanes(&mut rest, silent.intents)? };
    let aspects = take_aspects(&mut rest)?;
    if !rest.bytes.is_empty() {
        return Err(ModelError::Damaged);
    }
    Ok(Model { language, groups, complaint, aspects, version: (checksum ^ (checksum >> 32)) as u32 })
}

fn put(body: &mut Vec<u8>, numbers: &[f32]) {
    for number in numbers {
        body.extend_from_slice(&number.to_le_bytes());
    }
}

fn put_head(body: &mut Vec<u8>, head: &HeadWeights) {
    put(body, &head.scale);
    put(body, &head.bias);
    head.dense.iter().for_each(|row| put(body, row));
    head.network.hidden.iter().for_each(|row| put(body, row));
    put(body, &head.network.hidden_bias);
    head.network.output.iter().for_each(|row| put(body, row));
    put(body, &head.network.output_bias);
    put(body, &[head.neutral, head.temperature, head.threshold]);
}

/// Writes a table of lanes, lane by lane: similar numbers side by side deflate better.
pub(crate) fn put_lanes<const WIDTH: usize>(body: &mut Vec<u8>, table: &LaneTable<WIDTH>) {
    put(body, &table.scale);
    put(body, &table.bias);
    table.dense.iter().for_each(|row| put(body, row));
    for lane in 0..WIDTH {
        body.extend(table.rows.iter().map(|row| row[lane] as u8));
    }
}

/// Reads a table of lanes into an empty one of the same size.
pub(crate) fn take_lanes<const WIDTH: usize>(
    rest: &mut Rest,
    mut table: LaneTable<WIDTH>,
) -> Result<LaneTable<WIDTH>, ModelError> {
    rest.fill(&mut table.scale)?;
    rest.fill(&mut table.bias)?;
    table.dense.iter_mut().try_for_each(|row| rest.fill(row))?;
    for lane in 0..WIDTH {
        let weights = rest.take(table.rows.len())?;
        for (row, weight) in table.rows.iter_mut().zip(weights) {
            row[lane] = *weight as i8;
        }
    }
    Ok(table)
}

fn put_aspects(body: &mut Vec<u8>, aspects: &AspectTables) {
    put_lanes(body, &aspects.found);
    put(body, &aspects.thresholds);
    put_lanes(body, &aspects.polarity);
    aspects.blend.iter().for_each(|weights| put(body, weights));
    put(body, &[aspects.unsure]);
}

fn take_aspects(rest: &mut Rest) -> Result<AspectTables, ModelError> {
    let silent = AspectTables::silent();
    let found = take_lanes(rest, silent.found)?;
    let mut thresholds = silent.thresholds;
    rest.fill(&mut thresholds)?;
    let polarity = take_lanes(rest, silent.polarity)?;
    let mut blend = silent.blend;
    blend.iter_mut().try_for_each(|weights| rest.fill(weights))?;
    let unsure = rest.number()?;
    Ok(AspectTables { found, thresholds, polarity, blend, unsure })
}

/// What is left to read.
pub(crate) struct Rest<'a> {
    bytes: &'a [u8],
}

impl<'a> Rest<'a> {
    #[cfg(test)]
    pub const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(ModelError::Damaged)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn fill(&mut self, numbers: &mut [f32]) -> Result<(), ModelError> {
        for number in numbers {
            let bytes = self.take(4)?.first_chunk().ok_or(ModelError::Damaged)?;
            *number = f32::from_le_bytes(*bytes);
            if !number.is_finite() {
                return Err(ModelError::Damaged);
            }
        }
        Ok(())
    }

    fn number(&mut self) -> Result<f32, ModelError> {
        let mut one = [0.0];
        self.fill(&mut one)?;
        Ok(one[0])
    }
}

fn take_language(rest: &mut Rest) -> Result<LanguageTable, ModelError> {
    let mut table = LanguageTable::empty();
    table.scale = rest.number()?;
    table.margin = rest.number()?;
    rest.fill(&mut table.bias)?;
    let width = Language::KNOWN.len();
    let weights = rest.take(width << LANGUAGE_BITS)?;
    for (row, weights) in table.lanes.chunks_exact_mut(LANES).zip(weights.chunks_exact(width)) {
        for (lane, weight) in row.iter_mut().zip(weights) {
            *lane = *weight as i8;
        }
    }
    Ok(table)
}

fn take_group(rest: &mut Rest) -> Result<Group, ModelError> {
    let mut group = Group::silent();
    for head in &mut group.heads {
        rest.fill(&mut head.scale)?;
        rest.fill(&mut head.bias)?;
        head.dense.iter_mut().try_for_each(|row| rest.fill(row))?;
        head.network.hidden.iter_mut().try_for_each(|row| rest.fill(row))?;
        rest.fill(&mut head.network.hidden_bias)?;
        head.network.output.iter_mut().try_for_each(|row| rest.fill(row))?;
        rest.fill(&mut head.network.output_bias)?;
        head.neutral = rest.number()?;
        head.temperature = rest.number()?.max(0.05);
        head.threshold = rest.number()?;
    }
    for column in 0..COLUMNS {
        let weights = rest.take(1 << BITS)?;
        for (slot, weight) in group.table.iter_mut().skip(column).step_by(COLUMNS).zip(weights) {
            *slot = *weight as i8;
        }
    }
    Ok(group)
}
