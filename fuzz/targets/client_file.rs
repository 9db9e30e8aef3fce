#![no_main]

use adsauth_fuzz::client_file;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| client_file::check(input));
