#![no_main]

use adsauth_fuzz::token_answer;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| token_answer::check(input));
