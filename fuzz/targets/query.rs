#![no_main]

use adsauth_fuzz::query;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| query::check(input));
