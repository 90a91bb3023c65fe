//! Rules as tables.

use crate::rules::*;
use foundation::web::Locale;

#[test]
fn emails_are_told_from_what_is_none() {
    for good in ["ana@bar.es", " Ana@Bar.ES ", "a.b+c@sub.example.com"] {
        assert!(parse_email(good).is_some(), "{good}");
    }
    for bad in [
        "",
        "ana",
        "@bar.es",
        "ana@",
        "ana@bar",
        "a b@bar.es",
        "ana@bar..es",
        "ana@.es",
        "ana@bar.es\r\nBcc: x@y.z",
        "a@b@c.d",
    ] {
        assert!(parse_email(bad).is_none(), "{bad}");
    }
}

#[test]
fn passwords_need_length_and_not_the_obvious() {
    assert_eq!(password_fault("corta", "a@b.es"), Some("password-too-short"));
    assert_eq!(password_fault("Contraseña123", "a@b.es"), Some("password-too-common"));
    assert_eq!(password_fault("maria.bar@b.es", "maria.bar@b.es"), Some("password-too-common"));
    assert_eq!(password_fault(&"x".repeat(300), "a@b.es"), Some("password-too-long"));
    assert_eq!(password_fault("tortilla de patatas", "a@b.es"), None);
}

#[test]
fn the_first_run_reports_every_fault_at_once() {
    let faults =
        check_first_run((" \n", "", "spaceship"), ("nobody", "x"), Locale::Es).expect_err("all wrong");
    let fields: Vec<&str> = faults.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["name", "kind", "email", "password"]);
    let good = check_first_run(
        (" Bar  La\tEscalera ", "València", "bar"),
        ("ana@bar.es", "tortilla con cebolla"),
        Locale::Es,
    )
    .expect("good");
    assert_eq!((good.name.as_str(), good.time_zone.as_str()), ("Bar La Escalera", "Europe/Madrid"));
}
