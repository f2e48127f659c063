//! Checksums of `binascii` and `zlib`: CRC-32, CRC-CCITT, Adler-32. Each continues from the value
//! of the bytes before.

const fn crc32_tables() -> [[u32; 256]; 8] {
    let mut tables = [[0; 256]; 8];
    let mut index = 0;
    while index < 256 {
        let mut crc = index as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            };
            bit += 1;
        }
        tables[0][index] = crc;
        index += 1;
    }
    let mut slice = 1;
    while slice < 8 {
        let mut index = 0;
        while index < 256 {
            let before = tables[slice - 1][index];
            tables[slice][index] = (before >> 8) ^ tables[0][(before & 0xff) as usize];
            index += 1;
        }
        slice += 1;
    }
    tables
}

static CRC32: [[u32; 256]; 8] = crc32_tables();

/// CRC-32 of `data`, continuing from `start` (0 at first).
pub fn crc32(data: &[u8], start: u32) -> u32 {
    let mut crc = !start;
    let (chunks, rest) = data.as_chunks::<8>();
    for chunk in chunks {
        let mixed = u64::from_le_bytes(*chunk) ^ u64::from(crc);
        // Eight tables, one for each distance of a byte from the end of the chunk.
        crc = mixed
            .to_le_bytes()
            .iter()
            .enumerate()
            .fold(0, |crc, (index, byte)| {
                crc ^ CRC32[7 - index][usize::from(*byte)]
            });
    }
    for byte in rest {
        crc = (crc >> 8) ^ CRC32[0][((crc as u8) ^ byte) as usize];
    }
    !crc
}

/// CRC-CCITT as `binascii.crc_hqx` has it, continuing from `start`.
pub fn crc_hqx(data: &[u8], start: u16) -> u16 {
    data.iter().fold(start, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| {
            if crc & 0x8000 != 0 {
                (crc << 1) ^ 0x1021
            } else {
                crc << 1
            }
        })
    })
}

/// Adler-32 of `data`, continuing from `start` (1 at first).
pub fn adler32(data: &[u8], start: u32) -> u32 {
    const PRIME: u32 = 65521;
    let (mut a, mut b) = (start & 0xffff, start >> 16);
    // As many bytes as cannot overflow 32 bits between two reductions.
    for chunk in data.chunks(5552) {
        for byte in chunk {
            a += u32::from(*byte);
            b += a;
        }
        a %= PRIME;
        b %= PRIME;
    }
    (b << 16) | a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_sums() {
        assert_eq!(crc32(b"123456789", 0), 3421780262);
        assert_eq!(crc32(b"123456789", u32::MAX), 3523400311);
        assert_eq!(crc32(b"6789", crc32(b"12345", 0)), 3421780262);
        assert_eq!(crc_hqx(b"123456789", 0), 12739);
        assert_eq!(adler32(b"Wikipedia", 1), 0x11e6_0398);
    }
}
