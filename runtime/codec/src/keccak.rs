//! The Keccak sponge: SHA-3 and SHAKE. Called by `digest.rs`.

const ROUND_CONSTANTS: [u64; 24] = [
    0x0000_0000_0000_0001,
    0x0000_0000_0000_8082,
    0x8000_0000_0000_808a,
    0x8000_0000_8000_8000,
    0x0000_0000_0000_808b,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8009,
    0x0000_0000_0000_008a,
    0x0000_0000_0000_0088,
    0x0000_0000_8000_8009,
    0x0000_0000_8000_000a,
    0x0000_0000_8000_808b,
    0x8000_0000_0000_008b,
    0x8000_0000_0000_8089,
    0x8000_0000_0000_8003,
    0x8000_0000_0000_8002,
    0x8000_0000_0000_0080,
    0x0000_0000_0000_800a,
    0x8000_0000_8000_000a,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8080,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8008,
];

/// A sponge that takes bytes in and squeezes bytes out.
#[derive(Clone)]
pub(crate) struct Sponge {
    lanes: [u64; 25],
    /// Bytes absorbed between two permutations.
    rate: usize,
    /// Where the next byte goes, below `rate`.
    position: usize,
    /// What ends the message: 6 for SHA-3, 31 for SHAKE.
    suffix: u8,
}

impl Sponge {
    pub(crate) fn new(rate: usize, suffix: u8) -> Sponge {
        Sponge {
            lanes: [0; 25],
            rate,
            position: 0,
            suffix,
        }
    }

    pub(crate) fn rate(&self) -> usize {
        self.rate
    }

    fn mix_byte(&mut self, at: usize, byte: u8) {
        self.lanes[at / 8] ^= u64::from(byte) << (8 * (at % 8));
    }

    pub(crate) fn absorb(&mut self, data: &[u8]) {
        for byte in data {
            self.mix_byte(self.position, *byte);
            self.position += 1;
            if self.position == self.rate {
                permute(&mut self.lanes);
                self.position = 0;
            }
        }
    }

    /// The first `length` bytes of output; the sponge itself can go on absorbing.
    pub(crate) fn squeeze(&self, length: usize) -> Vec<u8> {
        let mut last = self.clone();
        last.mix_byte(last.position, last.suffix);
        last.mix_byte(last.rate - 1, 0x80);
        let mut out = Vec::with_capacity(length);
        while out.len() < length {
            permute(&mut last.lanes);
            let block = last.lanes.iter().flat_map(|lane| lane.to_le_bytes());
            out.extend(block.take(last.rate.min(length - out.len())));
        }
        out
    }
}

fn permute(lanes: &mut [u64; 25]) {
    for constant in ROUND_CONSTANTS {
        // Theta: every lane takes in the parity of two columns.
        let mut parity = [0; 5];
        for (index, lane) in lanes.iter().enumerate() {
            parity[index % 5] ^= lane;
        }
        for (index, lane) in lanes.iter_mut().enumerate() {
            let x = index % 5;
            *lane ^= parity[(x + 4) % 5] ^ parity[(x + 1) % 5].rotate_left(1);
        }
        // Rho and pi: rotate each lane while walking the cycle of places.
        let (mut x, mut y, mut carried) = (1, 0, lanes[1]);
        for step in 0..24u32 {
            (x, y) = (y, (2 * x + 3 * y) % 5);
            let turn = (step + 1) * (step + 2) / 2 % 64;
            carried = std::mem::replace(&mut lanes[5 * y + x], carried.rotate_left(turn));
        }
        // Chi: the only step that is not linear.
        for row in lanes.chunks_exact_mut(5) {
            let old = [row[0], row[1], row[2], row[3], row[4]];
            for x in 0..5 {
                row[x] ^= !old[(x + 1) % 5] & old[(x + 2) % 5];
            }
        }
        lanes[0] ^= constant;
    }
}
