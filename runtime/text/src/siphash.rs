//! String hashing: SipHash-1-3 over the stored units and the derivation of its key from a hash
//! seed. The string, bytes and memoryview objects call it; the results equal CPython's.

use crate::repr::Text;

/// The 128-bit key of the string hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashKey {
    /// First half.
    pub k0: u64,
    /// Second half.
    pub k1: u64,
}

impl HashKey {
    /// The key that `PYTHONHASHSEED=seed` gives; seed 0 is the all-zero key.
    pub fn from_seed(seed: u32) -> HashKey {
        if seed == 0 {
            return HashKey { k0: 0, k1: 0 };
        }
        let mut x = seed;
        let mut word = || {
            let mut bytes = [0u8; 8];
            for b in &mut bytes {
                x = x.wrapping_mul(214_013).wrapping_add(2_531_011);
                *b = (x >> 16) as u8;
            }
            u64::from_le_bytes(bytes)
        };
        HashKey {
            k0: word(),
            k1: word(),
        }
    }

    /// A key from 16 random bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> HashKey {
        let all = u128::from_le_bytes(bytes);
        HashKey {
            k0: all as u64,
            k1: (all >> 64) as u64,
        }
    }
}

/// The Python hash of bytes.
pub fn hash_bytes(key: HashKey, bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let mut state = State::new(key);
    let (words, tail) = bytes.as_chunks::<8>();
    for w in words {
        state.word(u64::from_le_bytes(*w));
    }
    let mut last = 0;
    for (i, b) in tail.iter().enumerate() {
        last |= u64::from(*b) << (8 * i);
    }
    state.finish(bytes.len(), last)
}

/// The Python hash of a text in its narrowest form: the hash of its units laid out in memory.
pub fn hash_text(key: HashKey, text: Text<'_>) -> i64 {
    match text {
        _ if text.is_empty() => 0,
        Text::Ascii(u) | Text::Latin1(u) => hash_bytes(key, u),
        Text::Ucs2(u) => {
            let mut state = State::new(key);
            let join = |w: &[u16]| w.iter().rev().fold(0u64, |a, c| (a << 16) | u64::from(*c));
            let (words, tail) = u.as_chunks::<4>();
            words.iter().for_each(|w| state.word(join(w)));
            state.finish(u.len() * 2, join(tail))
        }
        Text::Ucs4(u) => {
            let mut state = State::new(key);
            let join = |w: &[u32]| w.iter().rev().fold(0u64, |a, c| (a << 32) | u64::from(*c));
            let (words, tail) = u.as_chunks::<2>();
            words.iter().for_each(|w| state.word(join(w)));
            state.finish(u.len() * 4, join(tail))
        }
    }
}

struct State {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
}

impl State {
    fn new(key: HashKey) -> State {
        State {
            v0: key.k0 ^ 0x736f_6d65_7073_6575,
            v1: key.k1 ^ 0x646f_7261_6e64_6f6d,
            v2: key.k0 ^ 0x6c79_6765_6e65_7261,
            v3: key.k1 ^ 0x7465_6462_7974_6573,
        }
    }

    #[inline(always)]
    fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v2 = self.v2.rotate_left(32);
    }

    #[inline(always)]
    fn word(&mut self, w: u64) {
        self.v3 ^= w;
        self.round();
        self.v0 ^= w;
    }

    fn finish(mut self, len: usize, tail: u64) -> i64 {
        self.word(((len as u64) << 56) | tail);
        self.v2 ^= 0xff;
        self.round();
        self.round();
        self.round();
        match (self.v0 ^ self.v1 ^ self.v2 ^ self.v3) as i64 {
            -1 => -2,
            h => h,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repr::TextBuf;

    #[test]
    fn equals_the_reference() {
        let cases: &[(&str, i64, i64)] = &[
            ("", 0, 0),
            ("a", 4_644_417_185_603_328_019, -123_207_753_977_932_514),
            ("abc", -4_594_863_902_769_663_758, 3_869_580_338_025_362_921),
            (
                "hello, world",
                -2_912_988_965_868_824_583,
                -2_733_334_158_894_544_700,
            ),
            (
                "\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}",
                5_777_714_768_622_224_440,
                3_702_969_381_998_533_350,
            ),
            (
                "\u{e9}",
                6_047_309_291_227_476_195,
                5_653_850_369_683_463_245,
            ),
            (
                "na\u{ef}vet\u{e9}!",
                -2_269_283_700_942_920_764,
                -667_931_391_256_852_054,
            ),
            (
                "\u{20ac}",
                -5_529_981_157_763_016_009,
                -9_193_319_877_017_669_544,
            ),
            (
                "\u{20ac}uro and more",
                5_077_313_860_002_162_662,
                -582_982_510_176_433_256,
            ),
            (
                "\u{441}\u{43b}\u{43e}\u{432}\u{43e}",
                -1_863_222_011_735_723_915,
                1_125_273_527_097_602_733,
            ),
            (
                "\u{1f600}",
                -3_536_540_696_076_613_844,
                6_601_963_133_753_205_906,
            ),
            (
                "\u{1f600}x\u{1f601}",
                3_056_738_513_050_768_751,
                -1_111_676_629_351_161_353,
            ),
            (
                "0123456789abcdef0",
                -632_549_798_855_044_568,
                -7_839_937_216_967_970_005,
            ),
        ];
        let (zero, seeded) = (HashKey::from_seed(0), HashKey::from_seed(42));
        for (s, h0, h42) in cases {
            let b = TextBuf::from(*s);
            assert_eq!(hash_text(zero, b.as_text()), *h0, "{s:?}");
            assert_eq!(hash_text(seeded, b.as_text()), *h42, "{s:?}");
        }
    }
}
