#![no_main]

use adsauth::targets::Target;
use adsauth_fuzz::merge;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| merge::check(Target::Perl, input));
