//! Pictures of what was measured, as SVG.

use std::path::Path;

use plotters::prelude::*;

/// A line of points.
pub struct Line<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Where it runs; both axes grow by doubling.
    pub points: Vec<(f64, f64)>,
}

const COLOURS: [RGBColor; 4] =
    [RGBColor(31, 90, 150), RGBColor(190, 80, 30), RGBColor(60, 130, 70), RGBColor(120, 70, 150)];

/// Draws lines over axes that are both logarithmic, so that what is linear rises by one step a step.
pub fn lines(file: &Path, title: &str, across: &str, up: &str, lines: &[Line<'_>]) {
    let all = || lines.iter().flat_map(|line| line.points.iter().copied());
    let least = |of: &dyn Fn((f64, f64)) -> f64| all().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: &dyn Fn((f64, f64)) -> f64| all().map(of).fold(0.0, f64::max);
    let (first, last) = (least(&|point| point.0), most(&|point| point.0));
    let (low, high) = (least(&|point| point.1) / 2.0, most(&|point| point.1) * 2.0);
    let area = SVGBackend::new(file, (760, 420)).into_drawing_area();
    area.fill(&WHITE).unwrap();
    let mut chart = ChartBuilder::on(&area)
        .caption(title, ("sans-serif", 20))
        .margin(16)
        .x_label_area_size(44)
        .y_label_area_size(70)
        .build_cartesian_2d((first..last).log_scale(), (low..high).log_scale())
        .unwrap();
    chart.configure_mesh().x_desc(across).y_desc(up).light_line_style(WHITE).draw().unwrap();
    for (line, colour) in lines.iter().zip(COLOURS) {
        chart
            .draw_series(LineSeries::new(line.points.iter().copied(), colour.stroke_width(2)).point_size(3))
            .unwrap()
            .label(line.name)
            .legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 18, y)], colour.stroke_width(2)));
    }
    chart.configure_series_labels().position(SeriesLabelPosition::UpperLeft).border_style(BLACK).draw().unwrap();
    area.present().unwrap();
}

/// Draws one bar a row, the longest first or as given.
pub fn bars(file: &Path, title: &str, across: &str, rows: &[(String, f64)]) {
    let longest = rows.iter().map(|row| row.1).fold(0.0, f64::max) * 1.15;
    let many = i32::try_from(rows.len()).unwrap();
    let height = 90 + 34 * u32::try_from(rows.len()).unwrap();
    let area = SVGBackend::new(file, (760, height)).into_drawing_area();
    area.fill(&WHITE).unwrap();
    let mut chart = ChartBuilder::on(&area)
        .caption(title, ("sans-serif", 20))
        .margin(16)
        .x_label_area_size(36)
        .y_label_area_size(250)
        .build_cartesian_2d(0.0..longest, (0..many - 1).into_segmented())
        .unwrap();
    let name = |place: &SegmentValue<i32>| match place {
        SegmentValue::CenterOf(at) => rows.get(usize::try_from(many - 1 - at).unwrap()).map_or("", |row| &row.0),
        _ => "",
    };
    chart
        .configure_mesh()
        .x_desc(across)
        .disable_y_mesh()
        .y_labels(rows.len())
        .y_label_formatter(&|place| name(place).to_owned())
        .draw()
        .unwrap();
    chart
        .draw_series(rows.iter().zip((0..many).rev()).map(|((_, length), at)| {
            let ends = [(0.0, SegmentValue::Exact(at)), (*length, SegmentValue::Exact(at + 1))];
            let mut bar = Rectangle::new(ends, COLOURS[0].filled());
            bar.set_margin(5, 5, 0, 0);
            bar
        }))
        .unwrap();
    area.present().unwrap();
}
