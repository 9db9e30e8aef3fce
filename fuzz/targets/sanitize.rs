#![no_main]

use adsauth_fuzz::sanitize;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| sanitize::check(input));
