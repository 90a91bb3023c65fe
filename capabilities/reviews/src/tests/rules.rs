//! What may be written, and how much of it.

use proptest::prelude::*;

use super::*;

fn form(day: &str, stars: &str) -> ReviewForm {
    ReviewForm { day: day.into(), stars: stars.into(), text: "Bien".into(), ..ReviewForm::default() }
}

#[test]
fn a_visit_of_the_last_thirty_days_may_be_reviewed_and_no_other() {
    for (ago, expected) in [
        (0, Ok(())),
        (1, Ok(())),
        (30, Ok(())),
        (31, Err(DayFault::TooOld)),
        (20_000, Err(DayFault::TooOld)),
        (-1, Err(DayFault::Future)),
    ] {
        assert_eq!(check_day(20_000 - ago, 20_000).map(|_| ()), expected, "{ago} days ago");
    }
    assert_eq!(check_day(i64::MIN, i64::MAX).map(|_| ()), Err(DayFault::TooOld));
    assert_eq!(check_day(i64::MAX, i64::MIN).map(|_| ()), Err(DayFault::Future));
}

#[test]
fn everything_wrong_is_said_at_once() {
    let today = day_of("2026-09-21").expect("a day");
    let long = "ñ".repeat(TEXT_CHARS_MAX + 1);
    let all = ReviewForm { text: long, name: "a".repeat(81), ..form("2026-13-40", "6") };
    let (faults, too_old) = read(&all, None, today).expect_err("nothing of it is right");
    assert_eq!(faults.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["day", "stars", "text", "name"]);
    assert!(!too_old);
    let (_, too_old) = read(&form("2026-08-21", "5"), None, today).expect_err("31 days");
    assert!(too_old);
    let answer = read(&form("2026-08-22", "5"), None, today).expect("30 days");
    assert_eq!((answer.day, answer.stars), (today - 30, 5));
    assert_eq!(read(&form("2020-01-01", "1"), Some(today - 3), today).expect("known day").day, today - 3);
}

#[test]
fn what_nobody_types_is_left_out() {
    let form = ReviewForm {
        text: " uno\r\ndos\u{7}\u{202e}tres\t ".into(),
        name: "An\na\u{2066}".into(),
        ..form("2026-09-21", "3")
    };
    let answer = read(&form, None, day_of("2026-09-21").expect("a day")).expect("fine");
    assert_eq!((answer.text.as_str(), answer.name.as_str()), ("uno\ndostres", "Ana"));
}

#[test]
fn a_network_is_its_prefix() {
    let of = |text: &str| network(text.parse().expect("an address"));
    assert_eq!(of("192.0.2.1"), of("192.0.2.254"));
    assert_ne!(of("192.0.2.1"), of("192.0.3.1"));
    assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.77"));
    assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
    assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
}

#[test]
fn the_busier_the_hour_the_dearer_the_work() {
    let mut last = 0;
    for n in 0..1_000 {
        assert!(cost(n) >= last && cost(n) <= 8_000);
        last = cost(n);
    }
}

proptest! {
    #[test]
    fn days_are_read_as_they_are_written(day in -100_000i64..100_000) {
        prop_assert_eq!(day_of(&day_text(day)), Some(day));
    }

    #[test]
    fn no_form_panics(day in ".{0,20}", stars in ".{0,5}", text in ".{0,200}", name in ".{0,100}", today in any::<i64>()) {
        let form = ReviewForm { day, stars, text, name, ..ReviewForm::default() };
        if let Ok(answer) = read(&form, None, today) {
            prop_assert!((1..=5).contains(&answer.stars));
            prop_assert!((0..=DAYS_MAX).contains(&(today - answer.day)));
        }
    }
}
