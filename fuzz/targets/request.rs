#![no_main]

use adsauth_fuzz::request;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| request::check(input));
