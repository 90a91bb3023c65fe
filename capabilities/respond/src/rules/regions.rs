//! Where each region of Spain keeps its official complaint forms. Pure data: the address of the consumer service's front page
//! where we know it. Regional rules differ (who must have forms, in which languages, how long the business has); the owner
//! confirms the address, and nothing here replaces it.

/// A region: its code (ISO 3166-2:ES without the prefix), its name, and the front page of its consumer service, if known.
pub const REGIONS: [(&str, &str, &str); 19] = [
    ("AN", "Andalucía", "https://www.consumoresponde.es"),
    ("AR", "Aragón", ""),
    ("AS", "Asturias", "https://www.consumoastur.es"),
    ("CN", "Canarias", "https://www.gobiernodecanarias.org/consumo"),
    ("CB", "Cantabria", ""),
    ("CM", "Castilla-La Mancha", "https://consumo.castillalamancha.es"),
    ("CL", "Castilla y León", ""),
    ("CT", "Catalunya", "https://consum.gencat.cat"),
    ("CE", "Ceuta", ""),
    ("VC", "Comunitat Valenciana", ""),
    ("EX", "Extremadura", ""),
    ("GA", "Galicia", "https://consumo.xunta.gal"),
    ("IB", "Illes Balears", "https://www.caib.es/sites/consum"),
    ("RI", "La Rioja", "https://www.larioja.org/consumo"),
    ("MD", "Madrid", "https://www.comunidad.madrid/servicios/consumo"),
    ("ML", "Melilla", ""),
    ("MC", "Murcia", ""),
    ("NC", "Navarra", ""),
    ("PV", "País Vasco", "https://www.kontsumobide.euskadi.eus"),
];

/// The address of a region's consumer service; empty where we do not know it.
pub fn form_of(code: &str) -> &'static str {
    REGIONS.iter().find(|(region, ..)| *region == code).map_or("", |(.., address)| address)
}
