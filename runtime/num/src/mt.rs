//! The Mersenne Twister MT19937 as `random.Random` uses it. Called by the `_random` module.

use crate::BigInt;

const N: usize = 624;
const M: usize = 397;

/// A generator: 624 words of state and the place of the next word.
#[derive(Clone, Debug)]
pub struct MersenneTwister {
    state: [u32; N],
    index: usize,
}

impl MersenneTwister {
    /// Seeded with one word.
    pub fn from_word(seed: u32) -> MersenneTwister {
        let mut state = [seed; N];
        let mut last = seed;
        for (i, word) in state.iter_mut().enumerate().skip(1) {
            last = 1_812_433_253u32
                .wrapping_mul(last ^ (last >> 30))
                .wrapping_add(i as u32);
            *word = last;
        }
        MersenneTwister { state, index: N }
    }

    /// Seeded with any number of words; an empty key counts as one word 0.
    pub fn init_by_array(key: &[u32]) -> MersenneTwister {
        let key = if key.is_empty() { &[0] } else { key };
        let mut state = MersenneTwister::from_word(19_650_218).state;
        let mut i = 1;
        let mix = |state: &[u32; N], i: usize, factor: u32| {
            state[i] ^ (state[i - 1] ^ (state[i - 1] >> 30)).wrapping_mul(factor)
        };
        let next = |state: &mut [u32; N], i: usize| {
            if i + 1 < N {
                return i + 1;
            }
            state[0] = state[N - 1];
            1
        };
        for round in 0..N.max(key.len()) {
            let j = round % key.len();
            state[i] = mix(&state, i, 1_664_525)
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            i = next(&mut state, i);
        }
        for _ in 1..N {
            state[i] = mix(&state, i, 1_566_083_941).wrapping_sub(i as u32);
            i = next(&mut state, i);
        }
        state[0] = 0x8000_0000;
        MersenneTwister { state, index: N }
    }

    /// Seeded as `random.seed(n)` does with an integer: by the words of its magnitude.
    pub fn from_int(seed: &BigInt) -> MersenneTwister {
        MersenneTwister::init_by_array(&seed.to_u32_words())
    }

    /// The next 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.index >= N {
            self.refill();
        }
        let mut y = self.state[self.index];
        self.index += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    fn refill(&mut self) {
        for i in 0..N {
            let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
            let twist = if y & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ twist;
        }
        self.index = 0;
    }

    /// `random.random()`: 53 bits in `[0, 1)`.
    pub fn random53(&mut self) -> f64 {
        let high = f64::from(self.next_u32() >> 5);
        let low = f64::from(self.next_u32() >> 6);
        (high * 67_108_864.0 + low) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// `random.getrandbits(bits)` for up to 64 bits.
    pub fn bits_u64(&mut self, bits: u32) -> u64 {
        match bits {
            0 => 0,
            1..=32 => u64::from(self.next_u32() >> (32 - bits)),
            _ => {
                let low = u64::from(self.next_u32());
                let high = self.next_u32() >> (64 - bits.min(64));
                low | (u64::from(high) << 32)
            }
        }
    }

    /// `random.getrandbits(bits)`.
    pub fn bits(&mut self, bits: u64) -> BigInt {
        let mut words = Vec::new();
        let mut left = bits;
        while left > 0 {
            let word = self.next_u32();
            words.push(if left < 32 { word >> (32 - left) } else { word });
            left = left.saturating_sub(32);
        }
        BigInt::from_u32_words(false, &words)
    }

    /// The 624 words and the place, as `getstate()` shows them.
    pub fn get_state(&self) -> ([u32; N], usize) {
        (self.state, self.index)
    }

    /// Restores what [`Self::get_state`] gave; `None` for a wrong number of words or place.
    pub fn set_state(words: &[u32], index: usize) -> Option<MersenneTwister> {
        let state: [u32; N] = words.try_into().ok()?;
        (index <= N).then_some(MersenneTwister { state, index })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_python() {
        let mut mt = MersenneTwister::from_int(&BigInt::from_i64(42));
        assert_eq!(mt.random53(), 0.6394267984578837);
        assert_eq!(mt.random53(), 0.025010755222666936);
        assert_eq!(mt.bits_u64(7), 35);
        assert_eq!(mt.bits(100).to_string(), "882565121070403957190206503824");
        let (words, index) = mt.get_state();
        let mut again = MersenneTwister::set_state(&words, index).unwrap();
        assert_eq!(again.bits_u64(48), mt.bits_u64(48));
        assert!(MersenneTwister::set_state(&words[1..], index).is_none());
    }

    #[test]
    fn long_seeds_use_every_word() {
        let seed = BigInt::from_i64(-3).pow(500).unwrap();
        let mut mt = MersenneTwister::from_int(&seed);
        assert_eq!(mt.random53(), 0.8066820106557406);
        let mut mt = MersenneTwister::from_int(&BigInt::zero());
        assert_eq!(mt.random53(), 0.8444218515250481);
    }
}
