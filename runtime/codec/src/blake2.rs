//! BLAKE2b and BLAKE2s with all their parameters: key, salt, person and the tree ones. Called by
//! `digest.rs` and by the `_blake2` module, which needs the parameters.

/// Everything that parametrises a BLAKE2 hash. The defaults are a plain hash of full size.
#[derive(Clone, Debug)]
pub struct Params {
    /// Bytes of the digest.
    pub digest_size: usize,
    /// Secret key, up to the largest digest size.
    pub key: Vec<u8>,
    /// Up to 16 bytes (BLAKE2b) or 8 (BLAKE2s).
    pub salt: Vec<u8>,
    /// As long as the salt.
    pub person: Vec<u8>,
    /// Children of a tree node; 0 for no limit.
    pub fanout: u8,
    /// Height of the tree.
    pub depth: u8,
    /// Bytes in a leaf; 0 for no limit.
    pub leaf_size: u32,
    /// Place of this node; 48 bits in BLAKE2s.
    pub node_offset: u64,
    /// Level of this node.
    pub node_depth: u8,
    /// Digest size of the inner nodes.
    pub inner_size: u8,
    /// True for the last node of its level.
    pub last_node: bool,
}

impl Params {
    /// A plain hash with a digest of this size.
    pub fn new(digest_size: usize) -> Params {
        Params {
            digest_size,
            key: Vec::new(),
            salt: Vec::new(),
            person: Vec::new(),
            fanout: 1,
            depth: 1,
            leaf_size: 0,
            node_offset: 0,
            node_depth: 0,
            inner_size: 0,
            last_node: false,
        }
    }
}

const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

macro_rules! blake2 {
    ($(#[$doc:meta])* $name:ident, $word:ty, $rounds:expr, $turns:expr, $iv:expr, $header:expr) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            state: [$word; 8],
            /// Bytes hashed, the buffer not counted.
            counted: u128,
            buffer: Vec<u8>,
            digest_size: usize,
            last_node: bool,
        }

        impl $name {
            /// Bytes of the largest digest and key.
            pub const MAX_DIGEST: usize = 8 * size_of::<$word>();
            /// Bytes of a block.
            pub const BLOCK: usize = 16 * size_of::<$word>();
            /// Bytes of salt and of person.
            pub const SALT: usize = 2 * size_of::<$word>();
            const IV: [$word; 8] = $iv;

            /// Starts a hash; `None` for sizes out of range.
            pub fn new(params: &Params) -> Option<$name> {
                let sizes_fit = (1..=Self::MAX_DIGEST).contains(&params.digest_size)
                    && params.key.len() <= Self::MAX_DIGEST
                    && params.salt.len() <= Self::SALT
                    && params.person.len() <= Self::SALT;
                if !sizes_fit {
                    return None;
                }
                let mut block = vec![params.digest_size as u8, params.key.len() as u8];
                block.extend([params.fanout, params.depth]);
                block.extend(params.leaf_size.to_le_bytes());
                let header: fn(&Params) -> Vec<u8> = $header;
                block.extend(header(params));
                for text in [&params.salt, &params.person] {
                    let end = block.len() + Self::SALT;
                    block.extend(text.iter());
                    block.resize(end, 0);
                }
                let mut state = Self::IV;
                for (word, bytes) in state.iter_mut().zip(block.chunks_exact(size_of::<$word>())) {
                    *word ^= bytes.iter().rev().fold(0, |word, byte| (word << 8) | <$word>::from(*byte));
                }
                let mut buffer = params.key.clone();
                if !buffer.is_empty() {
                    buffer.resize(Self::BLOCK, 0);
                }
                let (digest_size, last_node) = (params.digest_size, params.last_node);
                Some($name { state, counted: 0, buffer, digest_size, last_node })
            }

            /// Adds bytes to the message.
            pub fn update(&mut self, mut data: &[u8]) {
                // The last block waits in the buffer, because it is compressed differently.
                while self.buffer.len() + data.len() > Self::BLOCK {
                    let (now, later) = data.split_at(Self::BLOCK - self.buffer.len());
                    self.buffer.extend(now);
                    data = later;
                    self.counted += Self::BLOCK as u128;
                    let block = std::mem::take(&mut self.buffer);
                    self.compress(&block, false);
                    self.buffer = block;
                    self.buffer.clear();
                }
                self.buffer.extend(data);
            }

            /// The digest of the message so far.
            pub fn finish(&self) -> Vec<u8> {
                let mut last = self.clone();
                last.counted += last.buffer.len() as u128;
                let mut block = std::mem::take(&mut last.buffer);
                block.resize(Self::BLOCK, 0);
                last.compress(&block, true);
                let bytes = last.state.iter().flat_map(|word| word.to_le_bytes());
                bytes.take(self.digest_size).collect()
            }

            /// Bytes of the digest.
            pub fn digest_size(&self) -> usize {
                self.digest_size
            }

            fn compress(&mut self, block: &[u8], last: bool) {
                let mut message: [$word; 16] = [0; 16];
                for (word, bytes) in message.iter_mut().zip(block.chunks_exact(size_of::<$word>())) {
                    *word = bytes.iter().rev().fold(0, |word, byte| (word << 8) | <$word>::from(*byte));
                }
                let mut v: [$word; 16] = [0; 16];
                v[..8].copy_from_slice(&self.state);
                v[8..].copy_from_slice(&Self::IV);
                v[12] ^= self.counted as $word;
                v[13] ^= (self.counted >> <$word>::BITS) as $word;
                if last {
                    v[14] = !v[14];
                    if self.last_node {
                        v[15] = !v[15];
                    }
                }
                let turns: [u32; 4] = $turns;
                let mut mix = |a: usize, b: usize, c: usize, d: usize, x: $word, y: $word| {
                    v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
                    v[d] = (v[d] ^ v[a]).rotate_right(turns[0]);
                    v[c] = v[c].wrapping_add(v[d]);
                    v[b] = (v[b] ^ v[c]).rotate_right(turns[1]);
                    v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
                    v[d] = (v[d] ^ v[a]).rotate_right(turns[2]);
                    v[c] = v[c].wrapping_add(v[d]);
                    v[b] = (v[b] ^ v[c]).rotate_right(turns[3]);
                };
                for round in 0..$rounds {
                    let order = &SIGMA[round % 10];
                    let m = |index: usize| message[order[index]];
                    for i in 0..4 {
                        mix(i, i + 4, i + 8, i + 12, m(2 * i), m(2 * i + 1));
                    }
                    for i in 0..4 {
                        mix(i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12, m(2 * i + 8), m(2 * i + 9));
                    }
                }
                for i in 0..8 {
                    self.state[i] ^= v[i] ^ v[i + 8];
                }
            }
        }
    };
}

blake2!(
    /// BLAKE2b: 64-bit words, digests up to 64 bytes.
    Blake2b, u64, 12, [32, 24, 16, 63],
    [
        0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
    ],
    |params| {
        let mut bytes = params.node_offset.to_le_bytes().to_vec();
        bytes.extend([params.node_depth, params.inner_size]);
        bytes.resize(bytes.len() + 14, 0);
        bytes
    }
);

blake2!(
    /// BLAKE2s: 32-bit words, digests up to 32 bytes.
    Blake2s, u32, 10, [16, 12, 8, 7],
    [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
        0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ],
    |params| {
        let mut bytes = params.node_offset.to_le_bytes()[..6].to_vec();
        bytes.extend([params.node_depth, params.inner_size]);
        bytes
    }
);
