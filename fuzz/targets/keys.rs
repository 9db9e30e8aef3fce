#![no_main]

use adsauth_fuzz::keys;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| keys::check(input));
