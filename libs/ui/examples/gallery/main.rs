//! Writes a gallery of every component into a folder, to be looked at and checked by tools.
//!
//! `cargo run -p ui --example gallery -- FOLDER`, then open `FOLDER/index.html`. The pages use the very files of
//! `assets/`, copied beside them, so that what is seen here is what is served.

mod parts;
mod today;
mod warnings;

use std::path::Path;
use std::process::ExitCode;

use maud::{Markup, html};
use ui::{Assets, Icon, LanguageSwitch, NavItem, Page};
use warnings::Words;

/// The files, relative so that the gallery also opens from disk.
pub(crate) const ASSETS: Assets<'static> =
    Assets { css: "assets/timon.css", script: "assets/timon.js", icon: "assets/icon.svg" };

fn nav(current: &str, english: bool) -> Vec<NavItem<'static>> {
    let words = if english {
        ["Today", "Mentions", "Import", "Sources", "Account"]
    } else {
        ["Hoy", "Menciones", "Importar", "Fuentes", "Cuenta"]
    };
    let hrefs = ["hoy.html", "menciones.html", "importar.html", "vacio.html", "index.html"];
    let icons = [Icon::Today, Icon::Mentions, Icon::Import, Icon::Sources, Icon::Account];
    let said = if english { "2 to answer" } else { "2 por contestar" };
    (0..words.len())
        .map(|place| NavItem {
            href: hrefs[place],
            label: words[place],
            icon: icons[place],
            current: hrefs[place] == current,
            count: (place == 1).then_some(("2", said)),
        })
        .collect()
}

/// The switch at the top end of each page.
pub(crate) fn languages(current: &str) -> Markup {
    ui::language_switch(&LanguageSwitch {
        action: "hoy.html",
        label: if current == "en" { "Language" } else { "Idioma" },
        name: "lang",
        options: &[("es", "Español"), ("en", "English")],
        current,
        hidden: &[("token", "abc")],
    })
}

fn inside(current: &str, lang: &str, title: &str, content: Markup) -> Markup {
    let english = lang == "en";
    ui::page(&Page {
        lang,
        title,
        product: "Timón",
        organization: "Bar La Marina",
        home_href: "hoy.html",
        nav: &nav(current, english),
        nav_label: if english { "Main menu" } else { "Menú principal" },
        skip_label: if english { "Skip to content" } else { "Saltar al contenido" },
        content,
        footer: Some(html! {
            p { @if english { "Timón · free software" } @else { "Timón · software libre" } }
            (languages(lang))
        }),
        assets: ASSETS,
        ..Page::default()
    })
}

fn write_all(folder: &Path) -> std::io::Result<()> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    std::fs::create_dir_all(folder.join("assets"))?;
    for name in ["timon.css", "timon.js", "icon.svg"] {
        std::fs::copy(assets.join(name), folder.join("assets").join(name))?;
    }
    let pages = [
        ("index.html", inside("index.html", "es", "Muestrario", parts::all())),
        ("hoy.html", inside("hoy.html", "es", "Hoy", today::spanish())),
        ("today.html", inside("hoy.html", "en", "Today", today::english())),
        ("menciones.html", inside("menciones.html", "es", "Menciones", today::mentions())),
        ("importar.html", inside("importar.html", "es", "Importar", parts::import_page())),
        ("vacio.html", inside("vacio.html", "es", "Fuentes", parts::empty_page())),
        ("avisos.html", inside("", "es", "Avisos", warnings::all(Words(0)))),
        ("warnings.html", inside("", "en", "Warnings", warnings::all(Words(1)))),
        ("dosier.html", inside("", "es", "Dosier", warnings::dossier(Words(0)))),
        ("entrar.html", parts::sign_in()),
        ("empezar.html", parts::first_run()),
    ];
    for (name, page) in pages {
        std::fs::write(folder.join(name), page.into_string())?;
    }
    for (name, lang, words) in
        [("dosier-archivo.html", "es", Words(0)), ("dossier-file.html", "en", Words(1))]
    {
        let file = ui::document::standalone("Timón", lang, &warnings::dossier(words));
        std::fs::write(folder.join(name), file)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("gallery FOLDER");
        return ExitCode::FAILURE;
    };
    match write_all(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}
