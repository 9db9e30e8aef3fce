//! How many allocations a frame costs: numbers that do not depend on how fast the machine is. The bounds are about 1.3 times what was
//! counted when they were written: they are there so that nothing grows unseen. Calls to the system are counted in `tests/real`.

use adsauth::view::draw;
use adsauth::wizard::Model;
use allocation_counter::measure;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::canvas::look;
use crate::scenes;

/// Allocations of one frame of 80×24 over another that looks the same.
fn allocations(model: &Model) -> u64 {
    let look = look();
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let mut paint = || {
        terminal.draw(|frame| drop(draw(model, &look, frame))).unwrap();
    };
    // The first one fills what is kept between frames.
    paint();
    measure(paint).count_total
}

#[test]
fn a_frame_costs_few_allocations() {
    let most = [
        ("guide", 190),
        ("client-several", 480),
        ("client-many", 910),
        ("sign-in-waiting", 215),
        ("token", 210),
        ("account", 505),
        ("account-thousands", 525),
        ("save", 320),
        ("client-help", 360),
    ];
    for (scene, most) in most {
        let count = allocations(&scenes::named(scene));
        assert!(count <= most, "{count} allocations for a frame of {scene}");
    }
}
