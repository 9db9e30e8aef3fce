//! Numbers and texts that nobody has chosen, the same ones in every run: a failure can be had again.

/// SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number() % u64::try_from(limit.max(1)).expect("a small number")).expect("less than that")
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A text that is out to do something to a terminal: sequences, single controls, what turns the direction of reading, and words between.
    pub fn hostile_text(&mut self) -> String {
        let length = 1 + self.below(12);
        (0..length).map(|_| self.hostile_piece()).collect()
    }

    fn hostile_piece(&mut self) -> String {
        match self.below(8) {
            0 => self.one_of(SEQUENCES).to_owned(),
            1 => char::from_u32(u32::try_from(self.below(0x20)).expect("a control"))
                .map(String::from)
                .unwrap_or_default(),
            2 => char::from_u32(u32::try_from(0x7f + self.below(0x21)).expect("a control"))
                .map(String::from)
                .unwrap_or_default(),
            3 => self.one_of(&DIRECTIONS).to_string(),
            4 => self
                .one_of(&['\u{ad}', '\u{200b}', '\u{feff}', '\u{e000}', '\u{301}', '\u{1f469}', '\u{fffe}', '한'])
                .to_string(),
            5 => char::from_u32(u32::try_from(self.below(0x11_0000)).expect("21 bits"))
                .map(String::from)
                .unwrap_or_default(),
            _ => self.one_of(&["access", "denied ", "1234", ": ", "-x.json", "\"", "\\", "#{}", "A"]).to_owned(),
        }
    }
}

/// Characters that turn the direction of reading, or break a line where nobody expects it.
pub const DIRECTIONS: [char; 14] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}', '\u{2028}', '\u{2029}',
];

const SEQUENCES: &[&str] = &[
    "\x1b[2J",
    "\x1b[31m",
    "\x1b[1;1H",
    "\x1b]0;title\x07",
    "\x1b]2;title\x1b\\",
    "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1bP$q\"p\x1b\\",
    "\x1b[?1049h",
    "\x1b[6n",
    "\x1b[21t",
    "\x1bc",
    "\x1b(0",
    "\x1b_Gi=1;\x1b\\",
    "\u{9b}31m",
    "\u{9d}0;title\u{9c}",
    "\x1b]unended",
    "\x1b[",
    "\x1b",
    "\r\n",
    "\r",
    "\x08\x08\x08",
    "\t",
];
