//! From cells to pixels: a small window with a terminal in it.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, PxScale, point};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::canvas::Painted;

const CELL: (usize, usize) = (15, 33);
/// Pixels of one em: JetBrains Mono is 0.6 em wide and 1.32 em high, which makes whole cells.
const EM: f32 = 25.0;
/// Hangul is one em wide and has two cells, in which it stands in the middle.
const HANGUL_EM: f32 = 27.0;
const PADDING: usize = 18;
const TITLE_BAR: usize = 44;
const CORNER: usize = 12;

type Rgb = [u8; 3];

/// The colours of one terminal.
pub struct Theme {
    background: Rgb,
    bar: Rgb,
    text: Rgb,
    red: Rgb,
    green: Rgb,
    yellow: Rgb,
    cyan: Rgb,
}

pub static DARK: Theme = Theme {
    background: [0x17, 0x1a, 0x21],
    bar: [0x23, 0x27, 0x31],
    text: [0xd8, 0xdc, 0xe4],
    red: [0xf0, 0x71, 0x78],
    green: [0x9b, 0xd0, 0x7a],
    yellow: [0xf2, 0xc2, 0x66],
    cyan: [0x63, 0xc8, 0xd8],
};

pub static LIGHT: Theme = Theme {
    background: [0xfb, 0xfb, 0xf8],
    bar: [0xe8, 0xe8, 0xe3],
    text: [0x2b, 0x30, 0x38],
    red: [0xc2, 0x32, 0x3c],
    green: [0x3b, 0x7d, 0x23],
    yellow: [0x96, 0x62, 0x00],
    cyan: [0x0b, 0x74, 0x8a],
};

impl Theme {
    fn colour(&self, cell: &Cell) -> Rgb {
        let colour = match cell.fg {
            Color::Reset => self.text,
            Color::Red => self.red,
            Color::Green => self.green,
            Color::Yellow => self.yellow,
            Color::Cyan => self.cyan,
            other => panic!("the theme of the pictures has no {other}"),
        };
        if cell.modifier.contains(Modifier::DIM) { mix(self.background, colour, 0.58) } else { colour }
    }
}

/// RGBA pixels, row by row.
pub struct Picture {
    pub width: usize,
    pub pixels: Vec<u8>,
}

static REGULAR: LazyLock<FontRef<'static>> =
    LazyLock::new(|| font(include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf")));
static BOLD: LazyLock<FontRef<'static>> =
    LazyLock::new(|| font(include_bytes!("../../../assets/fonts/JetBrainsMono-Bold.ttf")));
static FALLBACK: LazyLock<FontRef<'static>> =
    LazyLock::new(|| font(include_bytes!("../../../assets/fonts/DejaVuSansMono.ttf")));
static HANGUL: LazyLock<FontRef<'static>> =
    LazyLock::new(|| font(include_bytes!("../../../assets/fonts/Hangul-Regular.ttf")));
static HANGUL_BOLD: LazyLock<FontRef<'static>> =
    LazyLock::new(|| font(include_bytes!("../../../assets/fonts/Hangul-Bold.ttf")));

fn font(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).unwrap()
}

/// Draws one frame in a window of its own.
pub fn draw(painted: &Painted, theme: &Theme) -> Picture {
    let area = painted.buffer.area;
    let (columns, rows) = (usize::from(area.width), usize::from(area.height));
    let width = columns * CELL.0 + 2 * PADDING;
    let height = rows * CELL.1 + PADDING + TITLE_BAR + PADDING / 2;
    let mut picture = Picture { width, pixels: vec![0; width * height * 4] };
    picture.window(theme, height);
    for row in 0..area.height {
        for column in 0..area.width {
            let (x, y) = (usize::from(column) * CELL.0 + PADDING, usize::from(row) * CELL.1 + TITLE_BAR + PADDING / 2);
            picture.cell(&painted.buffer[(column, row)], theme, x, y);
            if painted.cursor.is_some_and(|cursor| (cursor.x, cursor.y) == (column, row)) {
                picture.rectangle(x, y + 4, 3, CELL.1 - 8, theme.cyan);
            }
        }
    }
    picture
}

impl Picture {
    fn window(&mut self, theme: &Theme, height: usize) {
        for (y, row) in self.pixels.chunks_mut(self.width * 4).enumerate() {
            let [red, green, blue] = if y < TITLE_BAR { theme.bar } else { theme.background };
            row.copy_from_slice(&[red, green, blue, 255].repeat(self.width));
        }
        for (x, y) in (0..CORNER).flat_map(|x| (0..CORNER).map(move |y| (x, y))) {
            let alpha = byte(rounded(x, y) * 255.0);
            for (x, y) in [(x, y), (self.width - 1 - x, y), (x, height - 1 - y), (self.width - 1 - x, height - 1 - y)] {
                self.pixels[(y * self.width + x) * 4 + 3] = alpha;
            }
        }
        for (number, colour) in [theme.red, theme.yellow, theme.green].into_iter().enumerate() {
            self.dot(30 + 26 * number, TITLE_BAR / 2, 7.0, colour);
        }
    }

    fn cell(&mut self, cell: &Cell, theme: &Theme, left: usize, top: usize) {
        let colour = theme.colour(cell);
        let bold = cell.modifier.contains(Modifier::BOLD);
        for character in cell.symbol().chars().filter(|character| *character != ' ') {
            if character == '▌' {
                self.rectangle(left, top, 5, CELL.1, colour);
            } else {
                self.glyph(character, bold, colour, left, top);
            }
        }
    }

    fn glyph(&mut self, character: char, bold: bool, colour: Rgb, left: usize, top: usize) {
        let (first, hangul) = if bold { (&*BOLD, &*HANGUL_BOLD) } else { (&*REGULAR, &*HANGUL) };
        let inset = as_pixels(2 * CELL.0) / 2.0 - HANGUL_EM / 2.0;
        let fonts = [(first, EM, 0.0), (&*FALLBACK, EM, 0.0), (hangul, HANGUL_EM, inset)];
        let font = fonts.into_iter().find(|(font, ..)| font.glyph_id(character).0 != 0);
        let (font, em, inset) = font.unwrap_or_else(|| panic!("no font of the pictures has {character:?}"));
        let units = font.units_per_em().unwrap();
        let scale = PxScale::from(em * font.height_unscaled() / units);
        let baseline = as_pixels(top) + (first.ascent_unscaled() / first.units_per_em().unwrap() * EM).floor();
        let place = point(as_pixels(left) + inset, baseline);
        let glyph = font.glyph_id(character).with_scale_and_position(scale, place);
        let Some(outlined) = font.outline_glyph(glyph) else { return };
        let bounds = outlined.px_bounds();
        outlined.draw(|x, y, coverage| {
            let (x, y) = (bounds.min.x + as_pixels(x as usize), bounds.min.y + as_pixels(y as usize));
            if x >= 0.0 && y >= 0.0 {
                self.blend(whole(x), whole(y), colour, coverage);
            }
        });
    }

    fn rectangle(&mut self, left: usize, top: usize, width: usize, height: usize, colour: Rgb) {
        for y in top..top + height {
            for x in left..left + width {
                self.blend(x, y, colour, 1.0);
            }
        }
    }

    fn dot(&mut self, x: usize, y: usize, radius: f32, colour: Rgb) {
        let reach = whole(radius) + 1;
        for row in y - reach..=y + reach {
            for column in x - reach..=x + reach {
                let distance = (as_pixels(column) - as_pixels(x)).hypot(as_pixels(row) - as_pixels(y));
                self.blend(column, row, colour, (radius - distance + 0.5).clamp(0.0, 1.0));
            }
        }
    }

    fn blend(&mut self, x: usize, y: usize, colour: Rgb, coverage: f32) {
        let at = (y * self.width + x) * 4;
        let Some(pixel) = self.pixels.get_mut(at..at + 3) else { return };
        let under = [pixel[0], pixel[1], pixel[2]];
        pixel.copy_from_slice(&mix(under, colour, coverage.clamp(0.0, 1.0)));
    }

    pub fn encode(&self) -> Vec<u8> {
        let height = self.pixels.len() / 4 / self.width;
        let mut bytes = Vec::new();
        let mut encoder =
            png::Encoder::new(&mut bytes, u32::try_from(self.width).unwrap(), u32::try_from(height).unwrap());
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        encoder.write_header().unwrap().write_image_data(&self.pixels).unwrap();
        bytes
    }

    pub fn decode(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        Self { width: info.width as usize, pixels }
    }
}

/// How much of a pixel belongs to the window, counted from the top left corner.
fn rounded(x: usize, y: usize) -> f32 {
    let away = |at: usize| as_pixels(CORNER) - as_pixels(at) - 0.5;
    (as_pixels(CORNER) - away(x).hypot(away(y)) + 0.5).clamp(0.0, 1.0)
}

fn mix(under: Rgb, over: Rgb, share: f32) -> Rgb {
    let one = |at: usize| byte(f32::from(under[at]) * (1.0 - share) + f32::from(over[at]) * share);
    [one(0), one(1), one(2)]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

#[expect(clippy::cast_precision_loss, reason = "pictures are smaller than 2^23 pixels")]
fn as_pixels(value: usize) -> f32 {
    value as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels inside of a picture")]
fn whole(value: f32) -> usize {
    value as usize
}
