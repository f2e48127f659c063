//! Every digest algorithm behind one trait object. Called by `_md5`, `_sha1`, `_sha2`, `_sha3`,
//! `_blake2` and `_hmac`.

use crate::blake2::{Blake2b, Blake2s, Params};
use crate::keccak::Sponge;
use sha2::Digest as _;

/// A hash in progress.
pub trait Digest: Send {
    /// Adds bytes to the message.
    fn update(&mut self, data: &[u8]);
    /// The digest of the message so far; hashing can go on.
    fn finish(&self) -> Vec<u8>;
    /// The first `length` bytes of an extendable digest; others give their whole digest.
    fn finish_extended(&self, length: usize) -> Vec<u8>;
    /// Bytes of the digest; 0 for an extendable one.
    fn digest_size(&self) -> usize;
    /// Bytes that are hashed at once: what HMAC pads its key to.
    fn block_size(&self) -> usize;
    /// The name as `hash.name` shows it.
    fn name(&self) -> &'static str;
    /// An independent copy.
    fn copy(&self) -> Box<dyn Digest>;
}

/// The algorithms that [`new`] knows.
pub const NAMES: &[&str] = &[
    "md5",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sha3_224",
    "sha3_256",
    "sha3_384",
    "sha3_512",
    "shake_128",
    "shake_256",
    "blake2b",
    "blake2s",
];

/// Starts the hash of this name, with its plain parameters.
pub fn new(name: &str) -> Option<Box<dyn Digest>> {
    Some(match name {
        "md5" => Box::new(Fixed {
            name: "md5",
            block: 64,
            hash: md5::Md5::new(),
        }),
        "sha1" => Box::new(Fixed {
            name: "sha1",
            block: 64,
            hash: sha1::Sha1::new(),
        }),
        "sha224" => Box::new(Fixed {
            name: "sha224",
            block: 64,
            hash: sha2::Sha224::new(),
        }),
        "sha256" => Box::new(Fixed {
            name: "sha256",
            block: 64,
            hash: sha2::Sha256::new(),
        }),
        "sha384" => Box::new(Fixed {
            name: "sha384",
            block: 128,
            hash: sha2::Sha384::new(),
        }),
        "sha512" => Box::new(Fixed {
            name: "sha512",
            block: 128,
            hash: sha2::Sha512::new(),
        }),
        "sha3_224" => sha3("sha3_224", 28),
        "sha3_256" => sha3("sha3_256", 32),
        "sha3_384" => sha3("sha3_384", 48),
        "sha3_512" => sha3("sha3_512", 64),
        "shake_128" => Box::new(Keccak {
            name: "shake_128",
            size: 0,
            sponge: Sponge::new(168, 31),
        }),
        "shake_256" => Box::new(Keccak {
            name: "shake_256",
            size: 0,
            sponge: Sponge::new(136, 31),
        }),
        "blake2b" => blake2b(&Params::new(Blake2b::MAX_DIGEST))?,
        "blake2s" => blake2s(&Params::new(Blake2s::MAX_DIGEST))?,
        _ => return None,
    })
}

/// Starts BLAKE2b with parameters; `None` when a size is out of range.
pub fn blake2b(params: &Params) -> Option<Box<dyn Digest>> {
    Blake2b::new(params).map(|hash| Box::new(hash) as Box<dyn Digest>)
}

/// Starts BLAKE2s with parameters; `None` when a size is out of range.
pub fn blake2s(params: &Params) -> Option<Box<dyn Digest>> {
    Blake2s::new(params).map(|hash| Box::new(hash) as Box<dyn Digest>)
}

/// HMAC of a message; `None` for an unknown or extendable algorithm.
pub fn hmac(name: &str, key: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let mut mac = Hmac::new(name, key)?;
    mac.update(message);
    Some(mac.finish())
}

/// An HMAC in progress.
pub struct Hmac {
    inner: Box<dyn Digest>,
    outer: Box<dyn Digest>,
}

impl Clone for Hmac {
    fn clone(&self) -> Hmac {
        Hmac {
            inner: self.inner.copy(),
            outer: self.outer.copy(),
        }
    }
}

impl Hmac {
    /// Starts with a key; `None` for an unknown or extendable algorithm.
    pub fn new(name: &str, key: &[u8]) -> Option<Hmac> {
        let (mut inner, mut outer) = (new(name)?, new(name)?);
        if inner.digest_size() == 0 {
            return None;
        }
        let block = inner.block_size();
        let mut padded = key.to_vec();
        if padded.len() > block {
            let mut short = inner.copy();
            short.update(key);
            padded = short.finish();
        }
        padded.resize(block, 0);
        inner.update(&padded.iter().map(|byte| byte ^ 0x36).collect::<Vec<_>>());
        outer.update(&padded.iter().map(|byte| byte ^ 0x5c).collect::<Vec<_>>());
        Some(Hmac { inner, outer })
    }

    /// Adds bytes to the message.
    pub fn update(&mut self, data: &[u8]) {
        self.inner.update(data);
    }

    /// The code of the message so far.
    pub fn finish(&self) -> Vec<u8> {
        let mut outer = self.outer.copy();
        outer.update(&self.inner.finish());
        outer.finish()
    }

    /// Bytes of the code.
    pub fn digest_size(&self) -> usize {
        self.inner.digest_size()
    }

    /// Bytes of a block of the algorithm.
    pub fn block_size(&self) -> usize {
        self.inner.block_size()
    }

    /// The algorithm.
    pub fn name(&self) -> &'static str {
        self.inner.name()
    }
}

/// PBKDF2 with HMAC; `None` for an unknown algorithm or no rounds.
pub fn pbkdf2(
    name: &str,
    password: &[u8],
    salt: &[u8],
    rounds: u64,
    length: usize,
) -> Option<Vec<u8>> {
    let keyed = Hmac::new(name, password)?;
    if rounds == 0 {
        return None;
    }
    let mut out = Vec::with_capacity(length);
    for index in 1u32.. {
        if out.len() >= length {
            break;
        }
        let mut first = keyed.clone();
        first.update(salt);
        first.update(&index.to_be_bytes());
        let mut last = first.finish();
        let mut block = last.clone();
        for _ in 1..rounds {
            let mut next = keyed.clone();
            next.update(&last);
            last = next.finish();
            block
                .iter_mut()
                .zip(&last)
                .for_each(|(mixed, byte)| *mixed ^= byte);
        }
        out.extend(block);
    }
    out.truncate(length);
    Some(out)
}

/// An algorithm of the `digest` family of crates.
struct Fixed<H> {
    name: &'static str,
    block: usize,
    hash: H,
}

impl<H: sha2::Digest + Clone + Send + 'static> Digest for Fixed<H> {
    fn update(&mut self, data: &[u8]) {
        self.hash.update(data);
    }

    fn finish(&self) -> Vec<u8> {
        self.hash.clone().finalize().to_vec()
    }

    fn finish_extended(&self, _length: usize) -> Vec<u8> {
        self.finish()
    }

    fn digest_size(&self) -> usize {
        <H as sha2::Digest>::output_size()
    }

    fn block_size(&self) -> usize {
        self.block
    }

    fn name(&self) -> &'static str {
        self.name
    }

    fn copy(&self) -> Box<dyn Digest> {
        Box::new(Fixed {
            name: self.name,
            block: self.block,
            hash: self.hash.clone(),
        })
    }
}

fn sha3(name: &'static str, size: usize) -> Box<dyn Digest> {
    Box::new(Keccak {
        name,
        size,
        sponge: Sponge::new(200 - 2 * size, 6),
    })
}

/// SHA-3 and SHAKE.
#[derive(Clone)]
struct Keccak {
    name: &'static str,
    /// 0 for an extendable digest.
    size: usize,
    sponge: Sponge,
}

impl Digest for Keccak {
    fn update(&mut self, data: &[u8]) {
        self.sponge.absorb(data);
    }

    fn finish(&self) -> Vec<u8> {
        self.sponge.squeeze(self.size)
    }

    fn finish_extended(&self, length: usize) -> Vec<u8> {
        self.sponge
            .squeeze(if self.size == 0 { length } else { self.size })
    }

    fn digest_size(&self) -> usize {
        self.size
    }

    fn block_size(&self) -> usize {
        self.sponge.rate()
    }

    fn name(&self) -> &'static str {
        self.name
    }

    fn copy(&self) -> Box<dyn Digest> {
        Box::new(self.clone())
    }
}

macro_rules! blake2_digest {
    ($hash:ident, $name:literal) => {
        impl Digest for $hash {
            fn update(&mut self, data: &[u8]) {
                $hash::update(self, data);
            }

            fn finish(&self) -> Vec<u8> {
                $hash::finish(self)
            }

            fn finish_extended(&self, _length: usize) -> Vec<u8> {
                $hash::finish(self)
            }

            fn digest_size(&self) -> usize {
                $hash::digest_size(self)
            }

            fn block_size(&self) -> usize {
                $hash::BLOCK
            }

            fn name(&self) -> &'static str {
                $name
            }

            fn copy(&self) -> Box<dyn Digest> {
                Box::new(self.clone())
            }
        }
    };
}

blake2_digest!(Blake2b, "blake2b");
blake2_digest!(Blake2s, "blake2s");

#[cfg(test)]
mod tests {
    use super::*;

    fn hex_of(name: &str, data: &[u8]) -> String {
        let mut hash = new(name).unwrap();
        hash.update(data);
        let short: Vec<u8> = hash.finish_extended(16).into_iter().take(8).collect();
        String::from_utf8(crate::hex::encode(&short, None, 0)).unwrap()
    }

    #[test]
    fn digests_are_those_of_the_standards() {
        let expected = [
            "900150983cd24fb0",
            "a9993e364706816a",
            "23097d223405d822",
            "ba7816bf8f01cfea",
            "cb00753f45a35e8b",
            "ddaf35a193617aba",
            "e642824c3f8cf24a",
            "3a985da74fe225b2",
            "ec01498288516fc9",
            "b751850b1a57168a",
            "5881092dd818bf5c",
            "483366601360a877",
            "ba80a53f981c4d0d",
            "508c5e8c327c14e2",
        ];
        for (name, digest) in NAMES.iter().zip(expected) {
            assert_eq!(hex_of(name, b"abc"), digest, "{name}");
        }
    }

    #[test]
    fn keyed_hashes() {
        let mac = hmac("sha256", b"key", b"message").unwrap();
        assert_eq!(mac[..4], [0x6e, 0x9e, 0xf2, 0x9b]);
        assert!(hmac("shake_128", b"", b"").is_none());
        let derived = pbkdf2("sha1", b"password", b"salt", 2, 20).unwrap();
        assert_eq!(derived[..4], [0xea, 0x6c, 0x01, 0x4d]);
    }

    #[test]
    fn blake2_parameters_are_checked() {
        assert!(blake2b(&Params::new(65)).is_none() && blake2s(&Params::new(0)).is_none());
        let mut params = Params::new(16);
        params.key = b"pseudorandom key".to_vec();
        let mut hash = blake2b(&params).unwrap();
        hash.update(b"message data");
        assert_eq!(hash.finish()[..4], [0x3d, 0x36, 0x3f, 0xf7]);
    }
}
